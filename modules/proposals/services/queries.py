"""Queries of proposals: what the public may see, what the author, what the queue holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import defer

from obshto.modules.proposals.errors import NoSuchProposal, WhoseProposal
from obshto.modules.proposals.models import (
    CitizenProposal,
    ProposalLine,
    ProposalMilestone,
    ProposalVersion,
)
from obshto.modules.proposals.services.codes import index_of
from obshto.modules.proposals.services.continuation import council_decision
from obshto.modules.proposals.services.ladder import COUNCIL
from obshto.modules.proposals.services.states import (
    COLLECTING,
    DECIDED,
    IN_WORK,
    MERGED,
    OPEN,
    PROMISED,
    RECEIVED,
    UNDER_WAY,
    WITHDRAWN,
)
from obshto.platform.cases.references import is_number_of, numbered, opened_by
from obshto.platform.followers.services import Followed
from obshto.platform.moderation.whole_rows import awaits_moderator
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.query import Shelf
from obshto.platform.search.query_parser import understand
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

PART = "proposals"
NEWEST = (CitizenProposal.sent_at.desc(), CitizenProposal.id.desc())
LISTS = ("new", "mine", "work", "late", "flagged", "announce", "promised", "collecting", "done")
# Who the author is opens for a purpose alone: until then it is not decrypted either.
UNSHOWN = tuple(
    defer(column)
    for column in (CitizenProposal.applicant, CitizenProposal.email, CitizenProposal.phone)
)
PUBLIC = CitizenProposal.hidden_at.is_(None)
ALIKE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFilter:
    """A list of the queue, narrowed by subject, settlement, department, number."""

    list: str = "new"
    subject: str = ""
    settlement: str = ""
    department: str = ""
    number: str = ""


def public(*, subject: str = "", settlement: str = "", state: str = "") -> Select[CitizenProposal]:
    """What everybody may see, the newest first; what was merged stands in what stays."""
    wanted = select(CitizenProposal).where(PUBLIC, CitizenProposal.state != MERGED)
    if subject:
        wanted = wanted.where(CitizenProposal.subject == subject)
    if settlement:
        wanted = wanted.where(CitizenProposal.settlement == settlement)
    if state:
        wanted = wanted.where(CitizenProposal.state.in_(OPEN if state == "open" else DECIDED))
    return wanted.order_by(*NEWEST)


def alike(
    uow: UnitOfWork, title: str, *, subject: str, settlement: str, besides: UUID | None = None
) -> Sequence[CitizenProposal]:
    """Open proposals that say the same, found by the search; else of the same place and subject."""
    question = understand(title, SOURCE)
    shelf = Shelf(uow, SearchEntry, [SearchEntry.part == PART])
    found = shelf.find(question, part=PART, number=1).page.rows if title.strip() else []
    ids = [row.object_id for row in found]
    same = and_(CitizenProposal.subject == subject, CitizenProposal.settlement == settlement)
    wanted = select(CitizenProposal).where(PUBLIC, CitizenProposal.state.in_(OPEN))
    wanted = wanted.where(or_(CitizenProposal.id.in_(ids), same))
    if besides:
        wanted = wanted.where(CitizenProposal.id != besides)
    first = CitizenProposal.id.in_(ids).desc()
    return uow.session.scalars(wanted.order_by(first, *NEWEST).limit(ALIKE)).all()


def alike_to(uow: UnitOfWork, proposal: CitizenProposal) -> Sequence[CitizenProposal]:
    """Open proposals that may be the same as this one."""
    place = {"subject": proposal.subject, "settlement": proposal.settlement}
    return alike(uow, proposal.title, **place, besides=proposal.id)


def public_proposal(
    uow: UnitOfWork, proposal_id: UUID, *, as_it_was: bool = False
) -> CitizenProposal:
    """One that everybody may see; of a merged one that which stays, unless `as_it_was`.

    Raises NoSuchProposal.
    """
    wanted = select(CitizenProposal).where(CitizenProposal.id == proposal_id, PUBLIC)
    found = _one(uow, wanted.options(*UNSHOWN))
    if found.merged_into and not as_it_was:
        return public_proposal(uow, found.merged_into)
    return found


def followed(proposal: CitizenProposal) -> Followed:
    """The proposal as its followers know it."""
    return Followed(part=PART, object_id=proposal.id, title=proposal.title, path=proposal.path)


def proposal_of(uow: UnitOfWork, proposal_id: UUID, *, to_change: bool = False) -> CitizenProposal:
    """Any proposal here, for staff and letters. Raises NoSuchProposal."""
    wanted = select(CitizenProposal).where(CitizenProposal.id == proposal_id).options(*UNSHOWN)
    if to_change:  # what was read before the wait is read anew after it
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return _one(uow, wanted)


def proposal_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> CitizenProposal:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchProposal, WhoseProposal.
    """
    return opened_proposal(uow, ref, also=false(), to_change=to_change)


def opened_proposal(
    uow: UnitOfWork, ref: str, *, also: ColumnElement[bool], to_change: bool
) -> CitizenProposal:
    """As `proposal_at`; by its id in an account also where `also` holds."""
    opened = _opened_by(uow, ref)
    if not ref.isdigit():  # an id, or the line above has refused it
        opened = or_(opened, and_(CitizenProposal.id == UUID(ref), also))
    wanted = select(CitizenProposal).where(opened)
    if to_change:  # what was read before the wait is read anew after it
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return _one(uow, wanted)


def proposal_by_number(uow: UnitOfWork, number: str, code: str) -> CitizenProposal:
    """By number and code together, as they stand on the slip. Raises NoSuchProposal."""
    proposal = proposal_at(uow, code)
    if not is_number_of(proposal, number):
        raise NoSuchProposal
    return proposal


def public_number(uow: UnitOfWork, number: str) -> CitizenProposal:
    """The newest with this number that everybody may see. Raises NoSuchProposal."""
    wanted = public().where(numbered(CitizenProposal, number)).limit(1)
    return _one(uow, wanted.options(*UNSHOWN))


def proposals_of(person_id: UUID) -> Select[CitizenProposal]:
    """Those of an account, the newest first."""
    return select(CitizenProposal).where(CitizenProposal.person_id == person_id).order_by(*NEWEST)


def proposals_by(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, CitizenProposal]:
    """These, by id. One query."""
    wanted = select(CitizenProposal).where(CitizenProposal.id.in_(set(ids))).options(*UNSHOWN)
    return {row.id: row for row in uow.session.scalars(wanted)}


def lines_of(uow: UnitOfWork, proposal: CitizenProposal) -> Sequence[ProposalLine]:
    """What happened to it, in order."""
    wanted = select(ProposalLine).where(ProposalLine.case_id == proposal.id)
    return uow.session.scalars(wanted.order_by(ProposalLine.at, ProposalLine.id)).all()


def versions_of(uow: UnitOfWork, proposal: CitizenProposal) -> Sequence[ProposalVersion]:
    """All words that it had, the latest first."""
    wanted = select(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id)
    return uow.session.scalars(wanted.order_by(ProposalVersion.number.desc())).all()


def queue(uow: UnitOfWork, wanted: ProposalFilter, *, today: date) -> Select[CitizenProposal]:
    """A list of the staff, what is due first on top."""
    rows = select(CitizenProposal).where(_listed(uow, wanted.list, today), *_narrowed(wanted))
    rows = rows.options(*UNSHOWN)
    if wanted.list == "done":
        return rows.order_by(
            CitizenProposal.ended_at.desc().nulls_last(), CitizenProposal.id.desc()
        )
    return rows.order_by(CitizenProposal.due_on.nulls_last(), CitizenProposal.id)


def counts(uow: UnitOfWork, wanted: ProposalFilter, *, today: date) -> Select[*tuple[int, ...]]:
    """One row: how many stand in each list."""
    numbers = [
        func.count().filter(_listed(uow, name, today)).label(name) for name in (*LISTS, "all")
    ]
    return select(*numbers).where(*_narrowed(wanted))


def departments_of(uow: UnitOfWork) -> Sequence[str]:
    """Those that some proposal was given to, by name. One query."""
    name = CitizenProposal.department
    return uow.session.scalars(select(name).where(name != "").distinct().order_by(name)).all()


def overdue(today: date) -> ColumnElement[bool]:
    """Undecided after its last day."""
    return and_(CitizenProposal.state.in_(UNDER_WAY), CitizenProposal.due_on < today)


def council_overdue(today: date) -> ColumnElement[bool]:
    """Put to the council, whose day has passed without a recorded decision."""
    row = ProposalMilestone
    passed = exists().where(row.proposal_id == CitizenProposal.id, *council_day_passed(today))
    return and_(passed, *council_owes())


def council_day_passed(today: date) -> tuple[ColumnElement[bool], ...]:
    """The council's threshold was reached and the day to answer is over."""
    return ProposalMilestone.level == COUNCIL, ProposalMilestone.due_on < today


def council_owes() -> tuple[ColumnElement[bool], ...]:
    """It stands, and the council has not decided."""
    is_decided = council_decision(CitizenProposal.id).correlate(CitizenProposal).scalar_subquery()
    return CitizenProposal.state.not_in((WITHDRAWN, MERGED)), is_decided.is_(None)


def council_late_days(
    uow: UnitOfWork, ids: Collection[UUID], *, today: date
) -> Mapping[UUID, date]:
    """The day that the council has passed, of those of these ids that it owes. One query."""
    row = ProposalMilestone
    wanted = select(row.proposal_id, row.due_on).join(
        CitizenProposal, CitizenProposal.id == row.proposal_id
    )
    wanted = wanted.where(row.proposal_id.in_(ids), *council_day_passed(today), *council_owes())
    return {proposal_id: due_on for proposal_id, due_on in uow.session.execute(wanted)}


def _listed(uow: UnitOfWork, name: str, today: date) -> ColumnElement[bool]:
    mine = CitizenProposal.assignee_id == uow.principal.person_id
    conditions: dict[str, ColumnElement[bool]] = {
        "new": CitizenProposal.state == RECEIVED,
        "mine": and_(mine, CitizenProposal.state.in_((*UNDER_WAY, *PROMISED))),
        "work": CitizenProposal.state == IN_WORK,
        "late": or_(overdue(today), council_overdue(today)),
        "flagged": awaits_moderator(PART, CitizenProposal),
        "announce": and_(
            CitizenProposal.announce_by.is_not(None), CitizenProposal.announced_at.is_(None)
        ),
        "promised": CitizenProposal.state.in_(PROMISED),
        "collecting": CitizenProposal.state == COLLECTING,
        "done": CitizenProposal.state.in_((*DECIDED, WITHDRAWN, MERGED)),
        "all": true(),
    }
    return conditions[name]


def _narrowed(wanted: ProposalFilter) -> list[ColumnElement[bool]]:
    narrow: list[ColumnElement[bool]] = []
    if wanted.subject:
        narrow.append(CitizenProposal.subject == wanted.subject)
    if wanted.settlement:
        narrow.append(CitizenProposal.settlement == wanted.settlement)
    if wanted.department:
        narrow.append(CitizenProposal.department == wanted.department)
    if wanted.number:
        narrow.append(numbered(CitizenProposal, wanted.number))
    return narrow


def _opened_by(uow: UnitOfWork, ref: str) -> ColumnElement[bool]:
    return opened_by(
        uow, CitizenProposal, ref, index_of, missing=NoSuchProposal, whose=WhoseProposal
    )


def _one(uow: UnitOfWork, wanted: Select[CitizenProposal]) -> CitizenProposal:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchProposal
    return found
