"""Demonstration counts: one that is final and followed, one whose night is not over. Invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import g

from obshto.modules.results.models import VoteNight
from obshto.modules.results.services.control_sums import ProtocolNumbers
from obshto.modules.results.services.duties import (
    DONE,
    DutyWords,
    add_duty,
    duties_of,
    end_duty,
)
from obshto.modules.results.services.night_acts import NightActWords, take_act, write_report
from obshto.modules.results.services.nights import lock_night
from obshto.modules.results.services.protocols import (
    enter_protocol,
    protocols_of,
    read_protocol,
    restart_protocol,
)
from obshto.modules.results.services.turnout import report_turnout
from obshto.modules.results.services.votes import (
    closes_at,
    places_of,
    turnout_hours,
    votes_here,
)
from obshto.platform.clock import day_of
from obshto.platform.modularity.polling_places import CalledVote, PollingPlace
from obshto.platform.thread.declarations import COUNCIL, MAYOR
from obshto.platform.unit_of_work import Principal, UnitOfWork

# By tens of a hundred of a section's voters: by each hour, then of those who voted „да“.
SHARES, YES_SHARE = (12, 27, 41, 58), 64
READERS = ("Проба Пробова Първа", "Проба Пробов Втори")
PROOFS: Mapping[str, str] = {
    "site": "Новина на страницата на общината (пример)",
    "newspaper": "Регионален вестник, бр. 214, стр. 3 (пример)",
    "medium": "Регионално радио, новините в 12 часа (пример)",
}
SETTLES = timedelta(days=11)  # from a vote until its result can be final, and published


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    # No request gate has said what is on; where this is sown, what it requires is on as well.
    g.modules = frozenset({*g.get("modules", ()), "referendum", "polling", "results"})
    today = day_of(uow.now)
    for vote in votes_here(uow):
        places = places_of(uow, vote.unit)
        if vote.vote_on >= today or not places:
            continue
        if vote.vote_on + SETTLES < today:
            _final(uow, vote, places)
        else:
            _night(uow, vote, places)


def _night(uow: UnitOfWork, vote: CalledVote, places: Sequence[PollingPlace]) -> None:
    """The first section is in, of the second one person read; the others are awaited."""
    if protocols_of(uow, vote):
        return
    _turnout(uow, vote, places)
    _read(uow, vote, places[0], _numbers(places[0]), people=2)
    for place in places[1:2]:
        broken = replace(_numbers(place), invalid=_numbers(place).invalid + 3)
        seen = _read(uow, vote, place, broken, people=2)
        words = "„Да“, „не“ и недействителните не са колкото бюлетините. Пребройте ги пак."
        restart_protocol(uow, vote, place, words, expected_version=seen)
        _read(uow, vote, place, _numbers(place), people=1)


def _final(uow: UnitOfWork, vote: CalledVote, places: Sequence[PollingPlace]) -> None:
    """Counted, announced, not challenged, published; what the council owes is late."""
    if protocols_of(uow, vote):
        return
    _turnout(uow, vote, places)
    night = lock_night(uow, vote)
    for place in places:
        _read(uow, vote, place, _numbers(place), people=2)
    reported_at = closes_at(uow, vote) + timedelta(hours=20)
    write_report(uow, vote, reported_at, expected_version=night.version)
    announced_on = vote.vote_on + timedelta(days=2)
    _step(uow, vote, night, "announce", announced_on, "Решение № 7 на комисията (пример)")
    _step(uow, vote, night, "lapse", announced_on + timedelta(days=8))
    published_on = announced_on + timedelta(days=9)
    for duty in duties_of(uow, night):
        told = {"how": DONE, "on": published_on, "words": PROOFS[duty.kind]}
        end_duty(uow, vote, duty.id, **told, expected_version=duty.version)  # type: ignore[arg-type]
    if night.is_adopted:
        _carry_out(uow, vote, published_on)


def _carry_out(uow: UnitOfWork, vote: CalledVote, on: date) -> None:
    """The council's act, whose day has passed; the mayor's, whose has not."""
    act = DutyWords(
        title="Съветът приема акт за изпълнение (пример)",
        owes=COUNCIL,
        due_on=on + timedelta(days=3),
    )
    plan = DutyWords(
        title="План и срок за изпълнение на решението (пример)",
        owes=MAYOR,
        due_on=on + timedelta(days=90),
    )
    for key, words in (("act", act), ("plan", plan)):
        add_duty(uow, vote, words, request_id=_key(uow, f"{vote.id}/{key}"))


def _turnout(uow: UnitOfWork, vote: CalledVote, places: Sequence[PollingPlace]) -> None:
    hours = turnout_hours(uow)
    for place in places:
        for hour, share in zip(hours, SHARES[-len(hours) :], strict=False):
            report_turnout(uow, vote, place, hour, place.voters * share // 100)


def _numbers(place: PollingPlace) -> ProtocolNumbers:
    signed = place.voters * SHARES[-1] // 100
    invalid = signed // 50
    yes = (signed - invalid) * YES_SHARE // 100
    return ProtocolNumbers(
        listed=place.voters,
        signed=signed,
        ballots=signed,
        yes=yes,
        no=signed - invalid - yes,
        invalid=invalid,
    )


def _read(
    uow: UnitOfWork,
    vote: CalledVote,
    place: PollingPlace,
    told: ProtocolNumbers,
    *,
    people: int,
) -> int:
    """So many people read the same; the version of the protocol after that."""
    begun = read_protocol(uow, vote, place).row.round
    for name in READERS[:people]:
        reader = replace(uow, principal=Principal.system(name))
        once = _key(uow, f"{vote.id}/{place.number}/{begun}/{name}")
        row = enter_protocol(
            reader, vote, place, told, number=place.number, request_id=once, expected_round=begun
        )
    return row.version


def _step(
    uow: UnitOfWork, vote: CalledVote, night: VoteNight, name: str, on: date, words: str = ""
) -> None:
    said = NightActWords(happened_on=on, words=words)
    take_act(uow, vote, name, said, expected_version=night.version)


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"results/{uow.scope.slug}/{name}")
