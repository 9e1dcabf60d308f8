"""Demonstration: a storm that is over, a rehearsal, two invented people to call."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.crisis.models import CallState, CrisisMessage
from obshto.modules.crisis.services.call_log import people_called, tick_call
from obshto.modules.crisis.services.calls import round_of
from obshto.modules.crisis.services.contacts import ContactData, write_contact
from obshto.modules.crisis.services.kinds import ready_texts
from obshto.modules.crisis.services.messages import (
    Words,
    confirm_message,
    write_crisis,
    write_next,
)
from obshto.modules.crisis.services.queries import crisis_of
from obshto.modules.crisis.services.settlements import settlements_here
from obshto.platform.unit_of_work import UnitOfWork

PHONE = "093812345"
PEOPLE = (
    ("Проба Пробова Възрастна", "+35993899001", "Чува лошо. Говорете бавно."),
    ("Проба Пробов Самотен", "+35993899002", ""),
)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    codes = list(settlements_here(uow))
    _people(uow, codes)
    storm = _text(uow, "storm", tuple(codes[:2]), is_rehearsal=False)
    if storm.sent_at is None:
        _send(uow, storm)
        _end(uow, storm)
    drill = _text(uow, "flood", (), is_rehearsal=True)
    if drill.sent_at is None:
        _send(uow, drill)
        _call_one(uow, drill)
    _text(uow, "heat", tuple(codes[:1]), is_rehearsal=True)  # waits for a second person


def _people(uow: UnitOfWork, codes: list[str]) -> None:
    for number, (name, phone, note) in enumerate(PEOPLE):
        data = ContactData(
            name=name,
            phone=phone,
            settlement=codes[number % len(codes)] if codes else "",
            note=note,
            joins_rehearsals=number == 0,
        )
        write_contact(uow, data, request_id=_key(uow, f"person-{number}"))


def _text(
    uow: UnitOfWork, kind: str, settlements: tuple[str, ...], *, is_rehearsal: bool
) -> CrisisMessage:
    ready = ready_texts()[kind]
    words = Words(
        title=ready.title,
        text=ready.text,
        advice=ready.advice,
        phone=PHONE,
        settlements=settlements,
    )
    key = _key(uow, f"{kind}-{is_rehearsal}")
    message = write_crisis(uow, kind, words, is_rehearsal=is_rehearsal, request_id=key)
    uow.session.flush()
    return message


def _call_one(uow: UnitOfWork, message: CrisisMessage) -> None:
    """One of the people knows by now, ticked on the list."""
    of = round_of(uow, message.crisis_id)
    for person in uow.session.scalars(people_called(of, message).limit(1)):
        tick_call(uow, of, person.id, CallState.REACHED, expected_version=0)


def _send(uow: UnitOfWork, message: CrisisMessage) -> None:
    """Written by nobody of the staff, so that whoever seeds is the second person."""
    message.changed_by_id = uuid5(NAMESPACE_URL, "crisis/nobody")
    uow.session.flush()
    confirm_message(uow, message, expected_version=message.version)
    message.changed_by_id = None
    uow.session.flush()


def _end(uow: UnitOfWork, message: CrisisMessage) -> None:
    ready = ready_texts()["end"]
    words = Words(
        title=ready.title,
        text=ready.text,
        advice=ready.advice,
        phone=PHONE,
        settlements=tuple(message.settlements),
    )
    crisis = crisis_of(uow, message.crisis_id, to_change=True)
    key = _key(uow, "storm-end")
    end = write_next(uow, crisis, words, is_all_clear=True, request_id=key)
    uow.session.flush()
    _send(uow, end)
    day = timedelta(days=3)
    message.sent_at, end.sent_at = uow.now - day, uow.now - day + timedelta(hours=5)
    crisis.begun_at, crisis.ended_at = message.sent_at, end.sent_at


def _key(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"crisis/{uow.scope.slug}/{key}")
