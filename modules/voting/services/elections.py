"""Set-up of a vote by its commission: text, roll, keys, the wish to announce it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from obshto.modules.voting.distribution.audit import P, number
from obshto.modules.voting.errors import (
    ElectionFrozen,
    FewerCodes,
    NoDecision,
    NotARoll,
    NotPractised,
    NotReady,
    NotTrustees,
    OpensTooEarly,
    TooFewTrustees,
)
from obshto.modules.voting.events import CeremonyPractised, ElectionChanged
from obshto.modules.voting.models import Election
from obshto.modules.voting.services.board import dump, hash_of
from obshto.modules.voting.services.count import FAULTS, parties_of
from obshto.modules.voting.services.states import PREPARING
from obshto.platform.entity import create_once, expect_version
from obshto.platform.errors import Conflict
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.voter_rolls import VoterRoll, VoterRolls
from obshto.platform.unit_of_work import UnitOfWork

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PUBLIC_PARTS = {"threshold", "certs", "coefexps", "verification_keys"}
NEWER_PARTS = PUBLIC_PARTS | {"signatures"}  # by belenios-tool 3.x, where trustees sign them
SINGLE_PARTS = {"pok", "public_key", "name"}
LEAST_NEEDED = 2  # shares without which nothing is opened
LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteQuestion:
    """A question with 2 to 20 answers, of which 1 to `most` are chosen, or none: a blank vote."""

    question: str
    answers: tuple[str, ...]
    most: int

    @property
    def as_stored(self) -> dict[str, Any]:
        """The form that the tool reads."""
        return {
            "answers": [*self.answers],
            "blank": True,
            "min": 1,
            "max": self.most,
            "question": self.question,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionWords:
    """Text and days of a vote."""

    title: str
    intro: str
    places: str
    decision: str
    opens_at: datetime
    closes_at: datetime
    decision_path: str = ""
    decision_title: str = ""


def new_uuid() -> str:
    """A name in Belenios: 14 random characters, 81 bits."""
    return "".join(secrets.choice(BASE58) for _ in range(14))


def write_election(
    uow: UnitOfWork,
    words: ElectionWords,
    questions: Sequence[VoteQuestion],
    *,
    is_trial: bool,
    request_id: UUID,
    uuid: str | None = None,
    slug: str | None = None,
) -> Election:
    """Begin a draft. The same `request_id` again answers the first one."""
    uuid = uuid or new_uuid()
    election = Election(
        request_id=request_id,
        slug=slug or f"{'proba-' if is_trial else ''}{words.opens_at.year}-{uuid[:6].lower()}",
        uuid=uuid,
        is_trial=is_trial,
        questions=[one.as_stored for one in questions],
        **asdict(words),
    )
    if (first := create_once(uow, election)) is not election:
        return first
    return election


def edit_election(
    uow: UnitOfWork,
    election: Election,
    words: ElectionWords,
    questions: Sequence[VoteQuestion],
    *,
    expected_version: int,
) -> None:
    """Change a draft. Raises ElectionFrozen, Conflict."""
    _change(election, expected_version)
    for name, value in asdict(words).items():
        setattr(election, name, value)
    election.questions = [one.as_stored for one in questions]
    uow.session.flush()


def put_roll(uow: UnitOfWork, election: Election, sent: bytes, *, expected_version: int) -> None:
    """Take the public credentials, in the order of their numbers: it says nothing of letters.

    Raises NotARoll.
    """
    _change(election, expected_version)
    text, given = sent.decode("utf-8", "replace").strip(), _json_of(sent)
    try:
        numbers = [number(one, P) for one in given]
    except (ValueError, TypeError):
        raise NotARoll from None
    if not isinstance(given, list) or sorted({*numbers} - {0}) != numbers or not numbers:
        raise NotARoll
    if dump(given) != text:
        raise NotARoll
    election.credentials = text
    election.roll_size, election.roll_hash = len(given), hash_of(text)
    uow.session.flush()


def put_trustees(
    uow: UnitOfWork, election: Election, sent: bytes, *, expected_version: int
) -> None:
    """Take the trustees' public file. Raises NotTrustees, TooFewTrustees."""
    _change(election, expected_version)
    text, given = sent.decode("utf-8", "replace").strip(), _json_of(sent)
    if not (isinstance(given, list) and given and all(map(_is_party, given))):
        raise NotTrustees
    try:
        parties = parties_of(text)
    except FAULTS:
        raise NotTrustees from None
    needed = sum(one.threshold for one in parties)
    if needed < LEAST_NEEDED:
        raise TooFewTrustees
    election.trustees, election.threshold = text, needed
    election.trustee_count = sum(len(one.numbers) for one in parties)
    uow.session.flush()


def note_practice(uow: UnitOfWork, election: Election, on: date, *, expected_version: int) -> None:
    """The trustees have been through keys and opening. Raises ElectionFrozen, Conflict."""
    if election.practised_on == on:
        return
    _change(election, expected_version)
    election.practised_on = on
    uow.session.flush()
    uow.emit(CeremonyPractised(subject_id=election.id, title=election.title))


def announce_election(uow: UnitOfWork, election: Election, *, expected_version: int) -> None:
    """Freeze it; a job lets the tool make the election and puts it on its board.

    Raises NotReady, NotPractised, FewerCodes, NoDecision, OpensTooEarly, Conflict.
    """
    if election.stage:
        return  # the same form, sent twice
    expect_version(election, expected_version, Conflict)
    check_ready(uow, election)
    election.stage, election.fault = PREPARING, ""
    uow.defer("voting:advance", once=str(election.id), election_id=election.id)
    uow.emit(ElectionChanged(subject_id=election.id, title=election.title))


def check_ready(uow: UnitOfWork, election: Election) -> None:
    """What must be mended before it is announced.

    Raises NotReady, NotPractised, FewerCodes, NoDecision, OpensTooEarly.
    """
    if not (election.roll_size and election.trustee_count):
        raise NotReady
    if not (election.practised_on or election.is_trial):
        raise NotPractised
    voters = voters_of(uow, election)
    if voters and election.roll_size < voters.size:
        raise FewerCodes(codes=election.roll_size, voters=voters.size)
    if not (election.decision or election.decision_path or election.is_trial):
        raise NoDecision
    if election.opens_at <= uow.now:
        raise OpensTooEarly


def voters_of(uow: UnitOfWork, election: Election) -> VoterRoll | None:
    """The frozen roll of people, where it was made of registrations."""
    port = port_here(VoterRolls)
    return port.roll_of(uow, election.id) if port else None


def delete_draft(uow: UnitOfWork, election: Election, *, expected_version: int) -> None:
    """Nothing of a draft has been public. Raises ElectionFrozen, Conflict."""
    _change(election, expected_version)
    uow.session.delete(election)
    uow.session.flush()


def _change(election: Election, expected_version: int) -> None:
    """Raises ElectionFrozen, Conflict."""
    if election.stage:
        raise ElectionFrozen
    expect_version(election, expected_version, Conflict)


def _json_of(sent: bytes) -> Any:
    try:
        return json.loads(sent.decode())
    except (ValueError, RecursionError):
        return None


def _is_party(one: Any) -> bool:
    """Only what is public stands in it."""
    if isinstance(one, dict):
        return set(one) <= SINGLE_PARTS and "public_key" in one
    if not (isinstance(one, list) and len(one) == 2 and isinstance(one[1], dict)):
        return False
    if one[0] == "Single":
        return set(one[1]) <= SINGLE_PARTS and "public_key" in one[1]
    return one[0] == "Pedersen" and PUBLIC_PARTS <= set(one[1]) <= NEWER_PARTS
