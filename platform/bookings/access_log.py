"""Looks of staff at names: one act opens a whole day, each booking in it has its look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.platform.bookings.events import BookersLookedAt
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.queries import load_bookers
from obshto.platform.modularity.processing_activities import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.break_glass import BREAK_GLASS
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment

OWNER = "bookings"  # under which the looks stand, whichever part has the resource
AT_ONCE = 200
KINDS = (DataKind.NAME, DataKind.CONTACT)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“"
_CONTACT = {"contact": lazy_gettext("Свързва се с човека за часа му")}
# Of the desk that keeps the book, of an official whom people come to; both together.
DESK_PURPOSES: Mapping[str, LazyString] = {
    "welcome": lazy_gettext("Посреща хората за деня"),
    **_CONTACT,
    "change": lazy_gettext("Променя часа по молба на човека"),
    **BREAK_GLASS,
}
OFFICE_PURPOSES: Mapping[str, LazyString] = {
    "receive": lazy_gettext("Приема човека и записва какво се уговори"),
    **_CONTACT,
    **BREAK_GLASS,
}
PURPOSES: Mapping[str, LazyString] = {**OFFICE_PURPOSES, **DESK_PURPOSES}


def looked_at(uow: UnitOfWork, bookings: Sequence[Booking]) -> frozenset[UUID]:
    """Those whose name this member of staff opened in this sitting, loaded. Two queries."""
    found = purposes.looking_at(uow, OWNER, [one.id for one in bookings])
    load_bookers(uow, found)
    return found


def look_at(
    uow: UnitOfWork, part: str, bookings: Sequence[Booking], purpose: str, *, reason: str = ""
) -> None:
    """Open these names for a purpose that each person will read."""
    load_bookers(uow, [one.id for one in bookings[:AT_ONCE]])
    opened = [_opened(one) for one in bookings[:AT_ONCE]]
    if opened:
        fact = BookersLookedAt(subject_id=opened[0].object_id, part=part)
        said = purposes.Purpose(word=purpose, kinds=KINDS, ground=GROUND, reason=reason, fact=fact)
        purposes.look_at_each(uow, opened, said)


def looks_at(uow: UnitOfWork, booking: Booking) -> Sequence[RecordedLook]:
    """Who of the staff read the name, the newest first. One query."""
    return uow.session.scalars(purposes.looks_at_objects(OWNER, (booking.id,))).all()


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The bookings among these ids, as their people know them. One query."""
    rows = (
        select(Booking.id, Resource.name, Slot.starts_at)
        .join(Slot, Slot.id == Booking.slot_id)
        .join(Resource, Resource.id == Slot.resource_id)
        .where(Booking.id.in_(ids))
    )
    return {
        row.id: LookedAt(
            gettext("Запазен час: %(when)s", when=moment(row.starts_at)), about=row.name
        )
        for row in uow.session.execute(rows)
    }


def restricted(uow: UnitOfWork, booking: Booking) -> DataRestricted | None:
    """Why staff may not use it: the booker's restriction, accepted after it was made."""

    def booker() -> Subject:
        load_bookers(uow, [booking.id])
        return _subject_of(booking)

    return restriction_refusal(uow, booker, since=booking.made_at)


def usable(uow: UnitOfWork, booking: Booking) -> Booking:
    """The same one, unless it is restricted. Cancelling and who came never ask: what the booker
    says themselves is their consent (Regulation (EU) 2016/679, art. 18(2)). Raises DataRestricted.
    """
    if refusal := restricted(uow, booking):
        raise refusal
    return booking


def _opened(booking: Booking) -> purposes.Opened:
    return purposes.Opened(part=OWNER, object_id=booking.id, subject=_subject_of(booking))


def _subject_of(booking: Booking) -> Subject:
    return Subject(
        person_id=booking.person_id, email=booking.email or "", phone=booking.phone or ""
    )
