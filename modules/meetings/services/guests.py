"""Guests of a meeting: who says that they come, how, how many; with an account or a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.meetings.errors import (
    MeetingCancelledAlready,
    MeetingOver,
    NoSuchGuest,
    StaleGuest,
    WhoseGuest,
)
from obshto.modules.meetings.events import (
    GuestChanged,
    GuestRegistered,
    GuestWithdrawn,
)
from obshto.modules.meetings.models import Guest, GuestCall, Meeting
from obshto.modules.meetings.services.invitations import (
    COMES,
    DECLINES,
    INVITED,
    answer_invitation,
)
from obshto.platform.calls.services import void_calls
from obshto.platform.cases import codes
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.references import opened_by
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.keys.encryption import blind_index
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment

ROOM, VIDEO, PHONE = "room", "video", "phone"
MODES: Mapping[str, LazyString] = {
    ROOM: lazy_gettext("На място"),
    VIDEO: lazy_gettext("По видео"),
    PHONE: lazy_gettext("По телефона"),
}
MOST_PEOPLE = 20
_DERIVED, _KEPT = "meetings_guest.code", "meetings_guest.code_index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """How somebody comes, as typed. Name and reach may be empty: a count is a count."""

    mode: str
    people: int = 1
    name: str = ""
    email: str = ""
    phone: str = ""
    needs: str = ""
    language: str = "bg"
    channel: str = PORTAL
    invitation_id: UUID | None = None  # of the letter through whose link it was said


REACH = (Guest.name, Guest.email, Guest.phone, Guest.needs)  # what lies encrypted
FIELDS = ("mode", "people", "name", "email", "phone", "needs", "language")


def code_of(guest: Guest) -> str:
    """The follow code of a guest: the same for the same request."""
    return codes.code_of(_DERIVED, guest.request_id)


def register_guest(uow: UnitOfWork, meeting: Meeting, coming: Coming, *, request_id: UUID) -> Guest:
    """Say that they come. The same `request_id`, or the same account again, finds the first.

    From an account a second time changes what was said the first time. Raises MeetingOver,
    MeetingCancelledAlready.
    """
    if known := of_request(uow, Guest, request_id):
        return known
    _check_open(uow, meeting)
    by_staff = coming.channel != PORTAL
    person_id = None if by_staff else uow.principal.person_id
    if person_id and (mine := guest_of_person(uow, meeting, person_id, to_change=True)):
        change_guest(uow, meeting, mine, coming, expected_version=mine.version)
        return mine
    guest = _new(uow, meeting, coming, request_id=request_id, person_id=person_id)
    try:
        with uow.session.begin_nested():
            uow.session.add(guest)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        found = of_request(uow, Guest, request_id)
        if found is None and person_id:
            found = guest_of_person(uow, meeting, person_id)
        if found is None:
            raise
        return found
    uow.emit(GuestRegistered(subject_id=guest.id, meeting_id=meeting.id))
    answer_invitation(uow, guest.invitation_id, COMES)
    return guest


def change_guest(
    uow: UnitOfWork, meeting: Meeting, guest: Guest, coming: Coming, *, expected_version: int
) -> None:
    """They come otherwise, or come after all.

    Raises StaleGuest, MeetingOver, MeetingCancelledAlready.
    """
    wanted = {name: getattr(coming, name) for name in FIELDS}
    is_so = all(getattr(guest, name) == value for name, value in wanted.items())
    if is_so and guest.withdrawn_at is None:
        return
    _check_open(uow, meeting)
    expect_version(guest, expected_version, StaleGuest)
    for name, value in wanted.items():
        setattr(guest, name, value)
    guest.withdrawn_at = None
    answer_invitation(uow, guest.invitation_id, COMES)
    uow.emit(GuestChanged(subject_id=guest.id, meeting_id=meeting.id))


def withdraw_guest(uow: UnitOfWork, guest: Guest, *, expected_version: int) -> None:
    """They do not come. Raises StaleGuest."""
    if guest.withdrawn_at:
        return
    expect_version(guest, expected_version, StaleGuest)
    guest.withdrawn_at = uow.now
    answer_invitation(uow, guest.invitation_id, DECLINES)
    void_calls(uow, GuestCall, GuestCall.guest_id == guest.id)
    uow.emit(GuestWithdrawn(subject_id=guest.id, meeting_id=guest.meeting_id))


def guest_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> Guest:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchGuest, WhoseGuest.
    """
    opened = opened_by(uow, Guest, ref, _index_of, missing=NoSuchGuest, whose=WhoseGuest)
    wanted = select(Guest).where(opened)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchGuest
    return found


def guest_of_person(
    uow: UnitOfWork, meeting: Meeting, person_id: UUID | None, *, to_change: bool = False
) -> Guest | None:
    """What somebody said of a meeting from their account."""
    if person_id is None:
        return None
    wanted = select(Guest).where(Guest.meeting_id == meeting.id, Guest.person_id == person_id)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def guest_of(uow: UnitOfWork, guest_id: UUID, *, to_change: bool = False) -> Guest:
    """For staff and letters. Raises NoSuchGuest."""
    found = uow.session.get(Guest, guest_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchGuest
    return found


def guests_of(meeting_id: UUID) -> Select[Guest]:
    """Those who come, in the order in which they said so."""
    rows = select(Guest).where(Guest.meeting_id == meeting_id, Guest.withdrawn_at.is_(None))
    return rows.order_by(Guest.said_at, Guest.id)


def guests_of_person(person_id: UUID) -> Select[Guest]:
    """What somebody said from their account, the latest first."""
    return (
        select(Guest).where(Guest.person_id == person_id).order_by(Guest.said_at.desc(), Guest.id)
    )


def counts_of(uow: UnitOfWork, meeting_id: UUID) -> dict[str, int]:
    """How many people come, by the way in which they take part. One query."""
    rows = select(Guest.mode, func.sum(Guest.people)).where(
        Guest.meeting_id == meeting_id, Guest.withdrawn_at.is_(None)
    )
    counted = dict(uow.session.execute(rows.group_by(Guest.mode)).all())
    return {mode: int(counted.get(mode, 0)) for mode in MODES}


def _check_open(uow: UnitOfWork, meeting: Meeting) -> None:
    if meeting.cancelled_at:
        raise MeetingCancelledAlready
    if meeting.ends_at <= uow.now:
        raise MeetingOver(when=moment(meeting.ends_at))


def _new(
    uow: UnitOfWork, meeting: Meeting, coming: Coming, *, request_id: UUID, person_id: UUID | None
) -> Guest:
    by_staff = coming.channel != PORTAL
    guest = Guest(
        id=new_id(),
        request_id=request_id,
        meeting_id=meeting.id,
        person_id=person_id,
        channel=coming.channel,
        entered_by_id=uow.principal.person_id if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        said_at=uow.now,
        invitation_id=coming.invitation_id
        or INVITED.answered_by(
            uow, meeting.id, name=coming.name, email=coming.email, by_staff=by_staff
        ),
        **{name: getattr(coming, name) for name in FIELDS},
    )
    guest.code_index = _index_of(code_of(guest))
    return guest


def _index_of(code: str) -> bytes:
    return blind_index(_KEPT, code)
