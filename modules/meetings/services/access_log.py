"""Looks at who comes to a meeting and at what people ask before it.

One act opens the list of guests, each of them has a look; who opens a question looks by that alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.modules.meetings.events import GuestsLookedAt
from obshto.modules.meetings.models import Guest, GuestQuestion, Meeting
from obshto.modules.meetings.services.guests import guests_of
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.break_glass import BREAK_GLASS
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "meetings"
PURPOSES: Mapping[str, LazyString] = {
    "seats": lazy_gettext("Подготвя залата и местата"),
    "needs": lazy_gettext("Урежда превоз, превод или друга помощ"),
    "contact": lazy_gettext("Свързва се с хората за промяна"),
    **BREAK_GLASS,
}
QUESTION = "question"
LOOKS: Mapping[str, LazyString] = {
    **PURPOSES,
    QUESTION: lazy_gettext("Преглежда въпроса Ви преди среща, без да вижда кой го е задал"),
}
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.WORDS)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“"


def look_at_guests(uow: UnitOfWork, meeting: Meeting, purpose: str, *, reason: str = "") -> None:
    """Open the names for this sitting; guests see it."""
    fact = GuestsLookedAt(subject_id=meeting.id, meeting_id=meeting.id)
    said = purposes.Purpose(word=purpose, kinds=KINDS, ground=GROUND, reason=reason, fact=fact)
    opened = [_opened(guest) for guest in uow.session.scalars(guests_of(meeting.id))]
    purposes.look_at_each(uow, opened, said)


def opened_guests(uow: UnitOfWork, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those among them whose name was opened in this sitting, loaded. Two queries."""
    found = frozenset(purposes.looking_at(uow, PART, ids))
    if found:
        uow.session.scalars(select(Guest).where(Guest.id.in_(found))).all()
    return found


def look_at_guest(uow: UnitOfWork, guest: Guest) -> None:
    """Open one name for a call; the guest sees it."""
    said = purposes.Purpose(word="contact", kinds=KINDS, ground=GROUND)
    purposes.look(uow, _opened(guest), said)


def look_at_questions(uow: UnitOfWork, questions: Sequence[GuestQuestion]) -> None:
    """Record that a moderator reads these words; those that everybody reads are no look."""
    unread = [one for one in questions if not one.public_words and one.words]
    if unread:
        fact = PersonLookedAt(subject_id=unread[0].id, part=PART)
        said = purposes.Purpose(word=QUESTION, kinds=(DataKind.WORDS,), ground=GROUND, fact=fact)
        purposes.look_at_each(uow, [_asked(one) for one in unread], said)


def look_at_question(uow: UnitOfWork, question: GuestQuestion) -> None:
    """Record that a moderator opens one, also beside the words that everybody reads."""
    said = purposes.Purpose(word=QUESTION, kinds=(DataKind.WORDS,), ground=GROUND)
    purposes.look(uow, _asked(question), said)


def sees_guests(uow: UnitOfWork, meeting: Meeting) -> bool:
    """A purpose was said in this sitting for each who is on the list by now. Two queries."""
    ids = uow.session.scalars(guests_of(meeting.id).with_only_columns(Guest.id)).all()
    return purposes.looking_at(uow, PART, ids) == set(ids)


def looks_at(uow: UnitOfWork, guest: Guest) -> Sequence[RecordedLook]:
    """Who saw that this guest comes, the newest first. One query."""
    return uow.session.scalars(purposes.looks_at_objects(PART, (guest.id,))).all()


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The guests and questions among these ids, by their meetings. Two queries."""
    rows = select(Guest.id, Guest.person_id, Meeting.title).join(
        Meeting, Meeting.id == Guest.meeting_id
    )
    asked = select(GuestQuestion.id, Meeting.title).join(
        Meeting, Meeting.id == GuestQuestion.meeting_id
    )
    questions = {
        row.id: LookedAt(gettext("Въпрос преди среща"), about=row.title)
        for row in uow.session.execute(asked.where(GuestQuestion.id.in_(ids)))
    }
    return questions | {
        row.id: LookedAt(
            gettext("Среща"), f"/meetings/coming/{row.id}" if row.person_id else "", row.title
        )
        for row in uow.session.execute(rows.where(Guest.id.in_(ids)))
    }


def question_restricted(uow: UnitOfWork, question: GuestQuestion) -> DataRestricted | None:
    """Why staff may not show or answer it: a restriction accepted after it was asked."""
    return restriction_refusal(uow, lambda: _asked(question).subject, since=question.asked_at)


def _asked(question: GuestQuestion) -> purposes.Opened:
    subject = Subject(person_id=question.person_id, email=question.email)
    return purposes.Opened(part=PART, object_id=question.id, subject=subject)


def _opened(guest: Guest) -> purposes.Opened:
    subject = Subject(person_id=guest.person_id, email=guest.email, phone=guest.phone)
    return purposes.Opened(part=PART, object_id=guest.id, subject=subject)
