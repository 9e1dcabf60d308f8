"""Declaration of a way in which people take part, and the figures of it for a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import LazyString, lazy_gettext

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork

Groups = Mapping[str, int]
# By themselves through the portal or by video; there in person, on paper, by phone or by post.
ONLINE, ASSISTED = "online", "assisted"
MODES: Mapping[str, LazyString] = {
    ONLINE: lazy_gettext("през портала или по видео"),
    ASSISTED: lazy_gettext("на място, на хартия, по телефона или по пощата"),
}


class Period(NamedTuple):
    """From a moment on, up to another and without it; both aware."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFigures:
    """How often people spoke (`voices`) on how many `things`, and what came of so many (`ends`).

    The groups hold numbers that may be told and no others: by census age group, by EKATTE code, by
    channel. None where this way does not ask.
    """

    things: int
    voices: int
    ends: Groups = field(default_factory=dict)
    by_age: Groups | None = None
    by_place: Groups | None = None
    by_mode: Groups | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationWay:
    """One way to take part. `word` is fixed: reports of earlier years are kept under it.

    `things` and `voices` say what is counted, `ends` what its words mean; `path` is the public page
    where people do so. `figures` asks a bounded number of statements for each thing at most.
    """

    word: str
    title: LazyString
    things: LazyString
    voices: LazyString
    path: str
    ends: Mapping[str, LazyString]
    figures: Callable[[UnitOfWork, Period], WayFigures]
