"""Demonstration of voters: invented people and numbers."""

from __future__ import annotations

from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.voters.models import VoterRegistration
from obshto.modules.voters.permissions import VotersPermission
from obshto.modules.voters.services.kinds import OFFICE, POST
from obshto.modules.voters.services.registrations import (
    VoterWords,
    refuse,
    register_at_counter,
    register_online,
    withdraw,
)
from obshto.modules.voters.services.voter_list import put_voter_list
from obshto.platform.unit_of_work import Principal, UnitOfWork
from obshto.platform.web.access import SECOND_FACTOR
from obshto.tenants.api import people_who_may

PLACES = ("село Примерово", "село Пробово")
# Invented numbers of people born in 1950–1990, their check digits right.
NUMBERS = (
    *("5003150019", "5507220025", "6101040039", "6609180040"),
    *("7202290059", "7811110064", "8405050071", "9012120082"),
)
PEOPLE = (
    ("Проба Ангелова Първа", POST, "ул. „Примерна“ 1, село Примерово", "bg"),
    ("Проба Борисов Втори", OFFICE, "", "ro"),
    ("Проба Василева Трета", POST, "ул. „Примерна“ 3, село Пробово", "en"),
    ("Проба Георгиев Четвърти", OFFICE, "", "bg"),
    ("Проба Димитрова Пета", POST, "ул. „Примерна“ 5, село Примерово", "bg"),
)
UNLISTED = len(NUMBERS) - 1  # the last number stands in no list


def seed(uow: UnitOfWork) -> None:
    """Request ids are made of keys, so seeding twice is harmless."""
    lines = [f"{number};{PLACES[at % 2]}" for at, number in enumerate(NUMBERS[:UNLISTED])]
    table = "\n".join(("ЕГН;Населено място", *lines))
    put_voter_list(uow, table.encode(), request_id=_key(uow, "list"))
    rows = [_at_counter(uow, at) for at in range(len(PEOPLE))]
    if not rows[3].ended_at:
        refuse(uow, rows[3], "document", expected_version=rows[3].version)
    if not rows[4].ended_at:
        withdraw(uow, rows[4], expected_version=rows[4].version)
    _of_staff(uow)


def _at_counter(uow: UnitOfWork, at: int) -> VoterRegistration:
    name, delivery, address, language = PEOPLE[at]
    words = VoterWords(
        egn=NUMBERS[at],
        name=name,
        phone="",
        delivery=delivery,
        address=address,
        language=language,
    )
    key = _key(uow, f"registration/{at}")
    row = register_at_counter(uow, words, request_id=key, replaces=False)
    uow.session.flush()
    return row


def _of_staff(uow: UnitOfWork) -> None:
    """Officials live here too: one has not shown who they are yet, another is in no list."""
    holders = people_who_may(uow, VotersPermission.REGISTER).items()
    for (person_id, name), at in zip(holders, (UNLISTED - 1, UNLISTED), strict=False):
        shown = 1 if at < UNLISTED else SECOND_FACTOR
        person = Principal(person_id=person_id, name=name, assurance=shown)
        words = VoterWords(egn=NUMBERS[at], name=name, phone="", delivery=OFFICE, address="")
        key = _key(uow, f"staff/{at}")
        register_online(replace(uow, principal=person), words, request_id=key)


def _key(uow: UnitOfWork, word: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"voters/{uow.scope.slug}/{word}")
