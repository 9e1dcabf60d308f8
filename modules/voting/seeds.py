"""Demonstration content of votes: invented; the control row of the leak watch.

The boards in `data/demo.json` were made by belenios-tool with keys that were thrown away, so a
sealed one stays sealed. They are laid out as they are: the tool need not be here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from obshto.modules.voting.events import ElectionAnnounced, ElectionCounted
from obshto.modules.voting.models import BoardEvent, Election, RollEntry
from obshto.modules.voting.services import board, ledger
from obshto.modules.voting.services.elections import (
    ElectionWords,
    VoteQuestion,
    put_roll,
    put_trustees,
    write_election,
)
from obshto.modules.voting.services.stages import begin_board
from obshto.modules.voting.services.standing_trial import renew_trial
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork

DEMO = Path(__file__).with_name("data") / "demo.json"
DAY = timedelta(days=1)
# From how many days before today to how many after it each of them runs.
DAYS = {"playground": (-2, 9), "street": (-16, -2), "square": (-60, -45)}
PLACES = (
    "Център за административно обслужване, в работно време.\n"
    "Читалището, в последния ден от 9:00 до 17:00 ч."
)
DECISION = (
    "Решение № 84 от протокол № 7 (пример): съветът приема това, за което гласуват най-много."
)
OUTCOME = "Решение № 97 (пример): от 1 май площадът е без коли в неделя."


def _drafted(title: str, intro: str, question: str, *answers: str) -> dict[str, Any]:
    asked = {"question": question, "answers": answers, "max": 1}
    return {"title": title, "intro": intro, "questions": [asked]}


FAIR = _drafted(
    "Кога да е съборът",
    "Читалището пита кога да е съборът догодина, за да дойдат повече хора.",
    "Кога да е съборът?",
    *("В първата събота на юни", "В последната събота на август"),
)
PARK = _drafted(
    "Как да се казва паркът",
    "Паркът край реката още няма име.",
    "Кое име избирате?",
    *("Върбите", "Речен парк", "Парк на дружбата"),
)


def seed(uow: UnitOfWork) -> None:
    """One of each state. Their request ids are made of their keys: seeding twice is harmless."""
    renew_trial(uow)
    told = json.loads(DEMO.read_text("utf-8"))
    for demo in told["elections"]:
        _lay_out(uow, demo, told["trustees"])
    files = told["elections"][0]["credentials"], told["trustees"]
    _begin(uow, "begun", PARK, (40, 54))
    draft = _begin(uow, "draft", FAIR, (12, 26))
    _put_files(uow, draft, *files)
    draft.practised_on = draft.practised_on or day_of(uow.now)


def _lay_out(uow: UnitOfWork, demo: Mapping[str, Any], trustees: str) -> None:
    election = _written(uow, demo, demo["key"], demo["title"], uuid=demo["uuid"])
    if election.stage:
        return
    _put_files(uow, election, demo["credentials"], trustees)
    election.raw, election.epoch = demo["raw"], int(election.opens_at.timestamp())
    begin_board(uow, election)
    election.announced_at = election.opens_at - 9 * DAY
    voters = set()
    for kind, texts in demo["events"]:
        ballot = json.loads(texts[-1]) if kind == board.BALLOT else {}
        body = {name: text for name, text in ballot.items() if name != "signature"}
        ledger.append_event(
            uow,
            election.id,
            kind,
            texts,
            credential=ballot.get("credential"),
            body_hash=board.hash_of(board.dump(body)) if ballot else None,
        )
        voters.add(ballot.get("credential"))
        election.stage = kind if kind in (board.END, board.TALLY, board.RESULT) else election.stage
    uow.emit(ElectionAnnounced(subject_id=election.id, title=election.title))
    if election.stage != board.SETUP:
        election.voters = len(voters - {None})
        _void_unused(uow, election)
    if election.stage == board.RESULT:
        election.result = json.loads(demo["events"][-1][1][-1])["result"]
        election.paper, election.paper_voters = [[0, 1, 1]], 2
        election.outcome, election.outcome_at = OUTCOME, election.closes_at + 9 * DAY
        election.carry_by = day_of(uow.now) + 150 * DAY
        uow.emit(ElectionCounted(subject_id=election.id, title=election.title))
    uow.session.flush()


def _void_unused(uow: UnitOfWork, election: Election) -> None:
    """Two voted on paper."""
    rows = select(RollEntry).where(RollEntry.election_id == election.id)
    entries = uow.session.scalars(rows.order_by(RollEntry.credential)).all()
    for entry in [one for one in entries if not _has_voted(uow, one)][:2]:
        entry.is_void = True


def _has_voted(uow: UnitOfWork, entry: RollEntry) -> bool:
    rows = select(BoardEvent.height).where(BoardEvent.election_id == entry.election_id)
    return uow.session.scalar(rows.where(BoardEvent.credential == entry.credential)) is not None


def _begin(uow: UnitOfWork, key: str, demo: Mapping[str, Any], days: tuple[int, int]) -> Election:
    return _written(uow, demo, key, demo["title"], days=days)


def _put_files(uow: UnitOfWork, election: Election, roll: str, trustees: str) -> None:
    if election.roll_size:
        return
    put_roll(uow, election, roll.encode(), expected_version=election.version)
    put_trustees(uow, election, trustees.encode(), expected_version=election.version)


def _written(
    uow: UnitOfWork,
    demo: Mapping[str, Any],
    key: str,
    title: str,
    *,
    uuid: str | None = None,
    days: tuple[int, int] | None = None,
) -> Election:
    first, last = days or DAYS[key]
    today = uow.now.astimezone(SOFIA).replace(hour=0, minute=0, second=0, microsecond=0)
    words = ElectionWords(
        title=title,
        intro=demo["intro"],
        places=PLACES,
        decision=DECISION,
        opens_at=_hour(today + first * DAY, 8),
        closes_at=_hour(today + last * DAY, 20),
    )
    questions = [
        VoteQuestion(question=one["question"], answers=tuple(one["answers"]), most=one["max"])
        for one in demo["questions"]
    ]
    election = write_election(
        uow, words, questions, is_trial=False, request_id=_key(uow, key), uuid=uuid
    )
    uow.session.flush()
    return election


def _hour(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour)


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"voting/{uow.scope.slug}/{name}")


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which only staff could see. Twice is once."""
    row = uow.session.scalar(select(Election).where(Election.is_control))
    if row is None:
        texts = dict.fromkeys(("intro", "places", "decision"), "")
        row = Election(
            slug="control",
            uuid="control",
            is_trial=True,
            is_control=True,
            questions=[],
            opens_at=uow.now,
            closes_at=uow.now,
            **texts,
        )
    row.request_id, row.title = control_id(mark), f"Контролно допитване {mark}"
    uow.session.add(row)
