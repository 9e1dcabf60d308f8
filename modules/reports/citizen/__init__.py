"""Public pages of reports: lists, telling one, following one, disputing it."""

from obshto.modules.reports.citizen import (
    lists,
    nearby,
    own_case,
    own_phone,
    public_report,
    submission,
    times,
)
from obshto.modules.reports.citizen.blueprint import citizen

__all__ = [
    "citizen",
    "lists",
    "nearby",
    "own_case",
    "own_phone",
    "public_report",
    "submission",
    "times",
]
