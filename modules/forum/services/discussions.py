"""Acts of staff upon a discussion. Each asks first whether it is so already: the same form."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.forum.errors import NotTakenHere, StaleDiscussion, SuccessorBefore
from obshto.modules.forum.events import (
    DiscussionDecided,
    DiscussionFact,
    DiscussionHandedOver,
    DiscussionReopened,
    DiscussionSettled,
    DiscussionShut,
    DiscussionTransferred,
)
from obshto.modules.forum.models import Discussion
from obshto.modules.forum.services.access_log import look_at_author
from obshto.modules.forum.services.queries import first_post
from obshto.platform.entity import expect_version
from obshto.platform.modularity.intakes import (
    HandedOn,
    ProposalIntake,
    ReportIntake,
    TakenUp,
    Transfer,
)
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork

MOST_DECIDED = 1_500
PROPOSAL, REPORT = "proposal", "report"
_PORTS = {PROPOSAL: ProposalIntake, REPORT: ReportIntake}
WAYS: Mapping[str, LazyString] = {
    PROPOSAL: lazy_gettext("Предложение"),
    REPORT: lazy_gettext("Сигнал"),
}


def hand_over(
    uow: UnitOfWork,
    discussion: Discussion,
    *,
    department: str,
    to: UUID | None,
    name: str,
    expected_version: int,
) -> None:
    """Another department answers, or one colleague of it: it waits for them again.

    Raises StaleDiscussion.
    """
    if (discussion.department, discussion.assignee_id) == (department, to):
        return
    expect_version(discussion, expected_version, StaleDiscussion)
    if discussion.closed_at is None and (department or to):
        discussion.awaiting_since = discussion.awaiting_since or uow.now
    discussion.department = department
    discussion.assignee_id, discussion.assignee = to, name
    _tell(uow, DiscussionHandedOver, discussion)


def settle(uow: UnitOfWork, discussion: Discussion, *, expected_version: int) -> None:
    """What was said last needs no answer. Raises StaleDiscussion."""
    if discussion.awaiting_since is None:
        return
    expect_version(discussion, expected_version, StaleDiscussion)
    discussion.awaiting_since = None
    _tell(uow, DiscussionSettled, discussion)


def decide(uow: UnitOfWork, discussion: Discussion, words: str, *, expected_version: int) -> None:
    """What was decided, at the top of the page. Raises StaleDiscussion."""
    if discussion.decided == words:
        return
    expect_version(discussion, expected_version, StaleDiscussion)
    discussion.decided, discussion.decided_at = words, uow.now
    _tell(uow, DiscussionDecided, discussion)


def shut(uow: UnitOfWork, discussion: Discussion, why: str, *, expected_version: int) -> None:
    """Nobody but the municipality writes any more; everybody reads why. Raises StaleDiscussion."""
    if discussion.closed_at:
        return
    expect_version(discussion, expected_version, StaleDiscussion)
    discussion.closed_at, discussion.closed_why = uow.now, why
    discussion.awaiting_since = None
    _tell(uow, DiscussionShut, discussion)


def reopen(uow: UnitOfWork, discussion: Discussion, *, expected_version: int) -> None:
    """People may write again. Raises StaleDiscussion."""
    if discussion.closed_at is None:
        return
    expect_version(discussion, expected_version, StaleDiscussion)
    discussion.closed_at, discussion.closed_why = None, ""
    _tell(uow, DiscussionReopened, discussion)


def ways_here() -> dict[str, ProposalIntake | ReportIntake]:
    """Into what a discussion can be turned in this municipality."""
    found = {way: port_here(port) for way, port in _PORTS.items()}
    return {way: desk for way, desk in found.items() if desk}


def transfer(
    uow: UnitOfWork, discussion: Discussion, told: Transfer, *, request_id: UUID
) -> TakenUp:
    """It becomes a proposal or a report in the name of who began it, and both stay linked.

    The look at that person is recorded. Sent twice it is one. Raises NotTakenHere, SuccessorBefore,
    and what the other part refuses.
    """
    desk = ways_here().get(told.way)
    if desk is None or told.kind not in desk.kinds(uow):
        raise NotTakenHere
    author = first_post(uow, discussion)
    look_at_author(uow, author, "transfer", request_id=request_id)
    address = f"{uow.scope.address}{discussion.path}"
    handed = HandedOn(
        kind=told.kind,
        title=told.title,
        text=told.text,
        settlement=discussion.settlement,
        origin=gettext("От разговор във форума: %(address)s", address=address),
        person_id=author.person_id,
        name=author.author or gettext("участник във форума"),
        email=author.email or "",
        phone=author.phone or "",
        language=author.language,
        channel=author.channel,
    )
    taken = desk.take_up(uow, handed, request_id=request_id)
    if discussion.successor_path and discussion.successor_path != taken.path:
        raise SuccessorBefore(number=discussion.successor_number)
    if not discussion.successor_path:
        discussion.successor, discussion.successor_number = told.way, taken.number
        discussion.successor_path, discussion.awaiting_since = taken.path, None
        _tell(uow, DiscussionTransferred, discussion)
    return taken


def _tell(uow: UnitOfWork, fact: type[DiscussionFact], discussion: Discussion) -> None:
    uow.emit(fact(subject_id=discussion.id))
