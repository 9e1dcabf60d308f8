"""Reading proposals: who sees which, their steps, their terms, the rules that judge them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from obshto.modules.referendum.errors import NoSuchReferendum
from obshto.modules.referendum.models import Member, ProposalStep, Referendum
from obshto.modules.referendum.services.due_terms import due_of
from obshto.modules.referendum.services.question_rules import (
    AskedQuestion,
    EarlierTry,
    checks_of,
    waits,
)
from obshto.modules.referendum.services.states import (
    CALLED,
    DISCARDED,
    DRAFT,
    ENDED,
    HIDDEN,
    REFUSED,
    WITH_PETITION,
    law_of,
)
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.cases.channels import PORTAL
from obshto.platform.clock import day_of
from obshto.platform.legal.reasons import Why
from obshto.platform.petitions.stations import Due
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

LISTS = ("open", "called", "ended")


def public() -> Select[Referendum]:
    """What everybody sees: all that stands in the register, the newest first."""
    seen = (Referendum.sequence > 0, Referendum.state.not_in(HIDDEN))
    return (
        select(Referendum).where(*seen).order_by(Referendum.year.desc(), Referendum.sequence.desc())
    )


def public_list(name: str) -> Select[Referendum]:
    """The register narrowed to one of the lists; all of it for another word."""
    return public().where(_of_list(name)) if name in LISTS else public()


def public_proposal(uow: UnitOfWork, proposal_id: UUID) -> Referendum:
    """One of the register. Raises NoSuchReferendum."""
    return _one(uow, public().where(Referendum.id == proposal_id))


def queue(uow: UnitOfWork, name: str) -> Select[Referendum]:
    """What staff see: a committee's draft not before the committee is formed."""
    # By its channel: the draft of somebody who closed the account stays as hidden as it was.
    own_draft = (Referendum.state == DRAFT) & (Referendum.channel == PORTAL)
    rows = select(Referendum).where(~own_draft, Referendum.state != DISCARDED)
    if name in LISTS:
        rows = rows.where(_of_list(name))
    return rows.order_by(Referendum.due_on.nulls_last(), Referendum.id.desc())


def staff_proposal(uow: UnitOfWork, proposal_id: UUID, *, to_change: bool = False) -> Referendum:
    """One that staff see. Raises NoSuchReferendum."""
    return _one(uow, queue(uow, "").where(Referendum.id == proposal_id), to_change=to_change)


def committees_of(person_id: UUID) -> Select[Referendum]:
    """The proposals that somebody began or is a member of."""
    rows = select(Referendum).where(_is_mine(person_id), Referendum.state != DISCARDED)
    return rows.order_by(Referendum.id.desc())


def own_proposal(uow: UnitOfWork, proposal_id: UUID, *, to_change: bool = False) -> Referendum:
    """One of the person's committees. Raises NoSuchReferendum."""
    me = uow.principal.person_id
    if me is None:
        raise NoSuchReferendum
    wanted = committees_of(me).where(Referendum.id == proposal_id)
    return _one(uow, wanted, to_change=to_change)


def steps_of(uow: UnitOfWork, proposal: Referendum) -> Sequence[ProposalStep]:
    """What happened, in the order of the days."""
    wanted = select(ProposalStep).where(ProposalStep.petition_id == proposal.id)
    return uow.session.scalars(
        wanted.order_by(ProposalStep.happened_on, ProposalStep.at, ProposalStep.id)
    ).all()


def days_of(proposal: Referendum, steps: Sequence[ProposalStep]) -> Mapping[str, date]:
    """The last day of each act; `confirm` also where citizens demanded; `ended` after an end.

    The year after a refusal runs from the council's own decision, not from the court's.
    """
    days = {step.name: step.happened_on for step in steps}
    if "confirm-demand" in days:
        days["confirm"] = days["confirm-demand"]
    if proposal.ended_on:
        is_refused = proposal.state == REFUSED
        days["ended"] = days.get("reject", proposal.ended_on) if is_refused else proposal.ended_on
    return days


def due_here(uow: UnitOfWork, proposal: Referendum, steps: Sequence[ProposalStep]) -> Due | None:
    """Who owes the next step, by the readings that hold here."""
    settings = settings_of(uow, "referendum", ReferendumSettings)
    return due_of(
        law_of(proposal.begun_on, on=day_of(uow.now)),
        proposal.state,
        days_of(proposal, steps),
        proposer=proposal.proposer,
        decision_on=proposal.decision_on,
        check_stops_month=settings.check_stops_month,
    )


def checks_here(uow: UnitOfWork, proposal: Referendum) -> list[Why]:
    """The rules' answers for a proposal as it stands."""
    return checks_for(
        uow,
        question=proposal.question,
        proposer=proposal.proposer,
        decider=proposal.decider,
        signers=proposal.signers,
        unit=proposal.unit,
        decision_on=proposal.decision_on,
        apart_from=proposal.id,
    )


def checks_for(
    uow: UnitOfWork,
    *,
    question: str,
    proposer: str,
    decider: str,
    signers: int = 0,
    unit: str = "",
    decision_on: date | None = None,
    apart_from: UUID | None = None,
) -> list[Why]:
    """The rules' answers for a question that nobody has written down yet. Two queries."""
    settings = settings_of(uow, "referendum", ReferendumSettings)
    return checks_of(
        AskedQuestion(
            question=question,
            proposer=proposer,
            decider=decider,
            on=day_of(uow.now),
            councillors=settings.councillors,
            signers=signers,
            unit=unit,
            decision_on=decision_on,
            village_demands=settings.village_demands,
            earlier=_earlier(uow, apart_from),
        )
    )


def called_on(uow: UnitOfWork, day: date, apart_from: Referendum) -> bool:
    """Another referendum is called for that day."""
    wanted = select(Referendum.id).where(
        Referendum.vote_on == day,
        Referendum.id != apart_from.id,
        Referendum.state == CALLED,
    )
    return uow.session.scalar(wanted.limit(1)) is not None


def open_number(uow: UnitOfWork) -> int:
    """How many are neither over nor drafts."""
    running = Referendum.state.not_in((*ENDED, *HIDDEN))
    wanted = select(func.count()).select_from(Referendum).where(running)
    return uow.session.scalar(wanted) or 0


def public_among(uow: UnitOfWork, ids: Collection[UUID] | None) -> Sequence[Referendum]:
    """Those of the register among `ids`; None means all."""
    wanted = public() if ids is None else public().where(Referendum.id.in_(ids))
    return uow.session.scalars(wanted).all()


def _earlier(uow: UnitOfWork, apart_from: UUID | None) -> list[EarlierTry]:
    ended = select(Referendum).where(
        Referendum.state.in_(waits()),
        Referendum.ended_on.is_not(None),
        Referendum.sequence > 0,
    )
    rows = uow.session.scalars(ended.order_by(Referendum.ended_on.desc()).limit(200))
    return [
        EarlierTry(number=row.number, question=row.question, state=row.state, ended_on=row.ended_on)
        for row in rows
        if row.id != apart_from and row.ended_on
    ]


def _of_list(name: str) -> ColumnElement[bool]:
    if name == "called":
        return Referendum.state == CALLED
    if name == "ended":
        return Referendum.state.in_(ENDED)
    return Referendum.state.not_in((*ENDED, CALLED))


def _is_mine(person_id: UUID) -> ColumnElement[bool]:
    is_member = exists().where(Member.petition_id == Referendum.id, Member.person_id == person_id)
    began = (Referendum.person_id == person_id) & Referendum.proposer.in_(WITH_PETITION)
    return or_(began, is_member)


def _one(uow: UnitOfWork, wanted: Select[Referendum], *, to_change: bool = False) -> Referendum:
    if to_change:
        wanted = wanted.order_by(None).with_for_update(of=Referendum)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchReferendum
    return found
