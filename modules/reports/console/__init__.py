"""Staff pages of reports: the queue, one report, doubles, other bodies, teams, kinds, the field."""

from obshto.modules.reports.console import (
    desk,
    doubles,
    field,
    neighbours,
    own_kinds,
    photos,
    queue,
    teams,
)
from obshto.modules.reports.console.blueprint import console

__all__ = [
    "console",
    "desk",
    "doubles",
    "field",
    "neighbours",
    "own_kinds",
    "photos",
    "queue",
    "teams",
]
