"""Booking kinds: what a part tells the mechanism of the things that can be booked in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.bookings.models import Resource
from obshto.platform.modularity.registry import current_registry
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A resource as letters and calendars name it, in the language in force."""

    what: str
    where: str
    address: str = ""  # as it is written, in no other language
    phone: str = ""

    @property
    def place(self) -> str:
        """Where it is, with its address."""
        return ", ".join(filter(None, (self.where, self.address)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """Sentences of letters: subjects with „%(when)s“, the way to the booking, why we write."""

    made: LazyString = _("Запазен час: %(when)s")
    moved: LazyString = _("Преместен час: %(when)s")
    cancelled: LazyString = _("Отменен час: %(when)s")
    lapsed: LazyString = _("Изтече срокът за часа: %(when)s")
    due: LazyString = _("Напомняме: имате час %(when)s")
    way: LazyString = _("Вижте, преместете или отменете тук: %(address)s")
    why: LazyString = _("Пишем Ви, защото запазихте час.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingKind:
    """What a part has to be booked.

    `hours` are those of the object that the resource belongs to: a time lies within both, None
    sets no bound. `times` are fixed ones instead, as of a course that is taken as a whole: from,
    until; hours and days ahead then say nothing. `page` is the path at which a booker finds their
    booking; „{ref}“ becomes its code or its id. `words` where what is booked is no hour. `manners`
    are the ways of meeting that a booker chose from, `equipment` what they could ask for, as
    letters call them.
    """

    part: str
    page: str
    hours: Callable[[UnitOfWork, Resource], Hours | None]
    describe: Callable[[UnitOfWork, Resource], Description]
    times: Callable[[UnitOfWork, Resource], Sequence[tuple[datetime, datetime]]] | None = None
    words: LetterWords = LetterWords()
    manners: Mapping[str, LazyString] = field(default_factory=dict)
    equipment: Mapping[str, LazyString] = field(default_factory=dict)


def kind_of(resource: Resource) -> BookingKind:
    """The kind that the part of the resource declares."""
    part = current_registry().parts[resource.part]
    return next(kind for kind in part.bookings if kind.part == resource.part)
