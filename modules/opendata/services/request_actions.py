"""Acts upon a request for information. Each asks first whether it is so already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.opendata.errors import (
    LongerBefore,
    NotFromThere,
    NotYourRequest,
    StaleInformationRequest,
)
from obshto.modules.opendata.events import InformationExtended
from obshto.modules.opendata.models import InformationRequest
from obshto.modules.opendata.services.request_states import (
    ASK,
    CLARIFY,
    OPEN,
    RECEIVED,
    RUNNING,
    STATES,
    TAKE,
    WITHDRAW,
    RequestWay,
    move,
    note,
    record,
)
from obshto.modules.opendata.services.request_submission import RULE
from obshto.platform.entity import expect_version
from obshto.platform.legal.terms import RULES, received_on, term
from obshto.platform.unit_of_work import UnitOfWork

MOST_WORDS = 10_000
UNCLEAR_RULE = "zdoi_clarify"
EXTENSIONS: Mapping[str, LazyString] = {
    "zdoi_volume": _("Информацията е много: до 10 дни повече (ЗДОИ чл. 30)"),
    "zdoi_third": _("Трябва съгласие на трето лице: до 14 дни повече (ЗДОИ чл. 31)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWords:
    """How a request ends: for the person, and, where it is public, for everybody."""

    answer: str
    topic: str = ""
    public_words: str = ""
    is_public: bool = False


def take_request(uow: UnitOfWork, row: InformationRequest, *, expected_version: int) -> None:
    """It is mine from now on, from a colleague too.

    Raises StaleInformationRequest, NotFromThere.
    """
    me = uow.principal
    if row.assignee_id == me.person_id and row.state != RECEIVED:
        return
    expect_version(row, expected_version, StaleInformationRequest)
    if row.state not in OPEN:
        raise NotFromThere(state=STATES[row.state])
    row.assignee_id, row.assignee = me.person_id, me.name
    if row.state == RECEIVED:
        move(uow, row, TAKE)
    else:
        note(uow, row, TAKE.name)


def ask_sender(
    uow: UnitOfWork, row: InformationRequest, words: str, *, expected_version: int
) -> None:
    """Ask what is meant; the term stands still, 30 days run for the sender (ЗДОИ чл. 29).

    Raises StaleInformationRequest, NotYourRequest, NotFromThere.
    """
    if row.state == ASK.to:
        return
    _mine(uow, row, expected_version)
    move(uow, row, ASK, words=words)
    row.due_on = term(UNCLEAR_RULE, starts_on=received_on(uow.now)).due_on


def clarify_request(
    uow: UnitOfWork, row: InformationRequest, words: str, *, expected_version: int
) -> None:
    """The sender says what is meant; the term begins anew. Raises the same."""
    if row.state == CLARIFY.to and row.version > expected_version:
        return  # sent twice; whatever else ended it meanwhile is said, and the words stay
    expect_version(row, expected_version, StaleInformationRequest)
    move(uow, row, CLARIFY, words=words)
    row.starts_on, row.extension = received_on(uow.now), ""
    row.due_on = term(RULE, starts_on=row.starts_on).due_on


def extend_term(
    uow: UnitOfWork, row: InformationRequest, rule: str, why: str, *, expected_version: int
) -> None:
    """More time, once, told with the reason.

    Raises StaleInformationRequest, NotYourRequest, NotFromThere, LongerBefore.
    """
    if row.extension:
        if row.version > expected_version:
            return
        raise LongerBefore
    _mine(uow, row, expected_version)
    if row.state not in RUNNING:
        raise NotFromThere(state=STATES[row.state])
    row.extension, row.due_on = rule, term(rule, starts_on=row.starts_on).due_on
    note(uow, row, "extended", words=why)
    record(uow, row, InformationExtended)


def decide_request(
    uow: UnitOfWork,
    row: InformationRequest,
    way: RequestWay,
    said: OutcomeWords,
    *,
    expected_version: int,
) -> None:
    """Answer, refuse or forward it.

    Raises StaleInformationRequest, NotYourRequest, NotFromThere.
    """
    if row.state == way.to and row.answer == said.answer:
        return
    _mine(uow, row, expected_version)
    move(uow, row, way)
    row.answer, row.topic, row.public_words = said.answer, said.topic, said.public_words
    row.answered_at, row.is_public = uow.now, said.is_public


def withdraw_request(uow: UnitOfWork, row: InformationRequest, *, expected_version: int) -> None:
    """The person wants it no more. Raises StaleInformationRequest, NotFromThere."""
    if row.state == WITHDRAW.to:
        return
    expect_version(row, expected_version, StaleInformationRequest)
    move(uow, row, WITHDRAW)


def law_of_term() -> str:
    """The article that the fourteen days stand in."""
    return str(RULES[RULE]["article"])


def _mine(uow: UnitOfWork, row: InformationRequest, expected_version: int) -> None:
    expect_version(row, expected_version, StaleInformationRequest)
    if row.assignee_id != uow.principal.person_id:
        raise NotYourRequest
