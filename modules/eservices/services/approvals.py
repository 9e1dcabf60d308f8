"""Approvals: a prepared decision goes from role to role before it is issued.

Which roles, in which order, stands in the version of the service that the case was sent with.
Nobody approves what they prepared. Where nobody else holds the role, the step is given to a
colleague by name; who prepared the decision may also take it back, so that no case gets stuck.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import defer

from obshto.modules.eservices.errors import (
    NotFromHere,
    NotOwnPreparation,
    NotYourApproval,
    StaleVersion,
)
from obshto.modules.eservices.events import (
    ApprovalReassigned,
    ApprovalStuck,
    ApprovalWaits,
    DecisionApproved,
    DecisionPrepared,
    DecisionProposed,
)
from obshto.modules.eservices.models import Case, Proposal
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.corrections import Correction, prepare_correction
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.second_signature import (
    carry_out,
    drop,
    proposal_of,
    propose,
)
from obshto.modules.eservices.services.states import (
    ISSUED,
    REFUSED,
    RETURN,
    SIGNING,
    STATES,
    TAKE_BACK,
    add_step,
    record,
)
from obshto.platform.entity import expect_version
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import given_here, holders_of_roles, people_who_may, roles_held, roles_of

APPROVE = ServicesPermission.APPROVE
NO_ROLE = lazy_gettext("роля, която я няма вече")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Where a decision stands: whose turn it is, of how many, who could give it."""

    proposal: Proposal
    title: str
    of: int
    people: Mapping[UUID, str]

    @property
    def number(self) -> int:
        return self.proposal.step + 1

    @property
    def is_stuck(self) -> bool:
        """Whether nobody could approve it but who prepared it."""
        return not self.people


def roles_offered(uow: UnitOfWork) -> dict[str, str]:
    """The roles that may approve here, by key: ready-made ones and the municipality's own."""
    return {
        role.value: str(role.label)
        for role in given_here(uow)
        if (role in APPROVE.roles if isinstance(role, Role) else APPROVE.value in role.words)
    }


def titles_of(uow: UnitOfWork, roles: Iterable[str]) -> list[str]:
    """Roles in Bulgarian, as official words are; also of one that is not there any more."""
    wanted = list(roles)
    if not wanted:
        return []
    with speaking(SOURCE):
        known = {role.value: str(role.label) for role in given_here(uow)}
        return [known.get(role) or str(NO_ROLE) for role in wanted]


def prepare(
    uow: UnitOfWork,
    case: Case,
    answers: Mapping[str, str],
    *,
    is_refusal: bool,
    expected_version: int,
) -> None:
    """A decision for those who approve it. Raises StaleVersion, NotFromHere, NotYours."""
    if case.state == SIGNING:
        return
    propose(uow, case, answers, is_refusal=is_refusal, expected_version=expected_version)
    uow.session.flush()
    _tell(uow, case)


def prepare_corrected(
    uow: UnitOfWork, case: Case, said: Correction, *, request_id: UUID, expected_version: int
) -> None:
    """A correction for those who approve it, or for the second signature.

    Raises StaleVersion, NotFromHere, NotYours, NothingCorrected, CorrectionWaits.
    """
    is_approved = bool(definition_behind(case).approvals)
    made = prepare_correction(
        uow,
        case,
        said,
        fact=DecisionPrepared if is_approved else DecisionProposed,
        request_id=request_id,
        expected_version=expected_version,
    )
    if made and is_approved:
        _tell(uow, case)


def approval_of(uow: UnitOfWork, case: Case) -> Approval | None:
    """What waits to be approved; None where nothing does."""
    return approvals_of(uow, [case]).get(case.id) if proposal_of(uow, case) else None


def approvals_of(uow: UnitOfWork, cases: Sequence[Case]) -> dict[UUID, Approval]:
    """The same of many, by case. Six queries."""
    wanted = select(Proposal).where(
        Proposal.id.in_([case.id for case in cases]), Proposal.waits_for != ""
    )
    proposals = {proposal.id: proposal for proposal in uow.session.scalars(wanted)}
    if not proposals:
        return {}
    people, held = people_who_may(uow, APPROVE), _held(uow)
    roles = {proposal.waits_for for proposal in proposals.values()}
    titles = dict(zip(roles, titles_of(uow, roles), strict=True))
    return {
        case.id: Approval(
            proposal=proposal,
            title=titles[proposal.waits_for],
            of=len(definition_behind(case).approvals),
            people=_able(proposal, people, held),
        )
        for case in cases
        if (proposal := proposals.get(case.id))
    }


def colleagues(uow: UnitOfWork, proposal: Proposal) -> dict[UUID, str]:
    """To whom a step may be given: whoever may approve at all and did not prepare it."""
    people = people_who_may(uow, APPROVE)
    return {person: name for person, name in people.items() if person != proposal.by_id}


def tell_of(uow: UnitOfWork, case: Case) -> Collection[UUID]:
    """Who is told that an approval waits."""
    found = approval_of(uow, case)
    return list(found.people) if found else []


def approve(uow: UnitOfWork, case: Case, *, step: int, expected_version: int) -> None:
    """Approve it; the last approval issues it. The same form a second time does nothing.

    Raises StaleVersion, NotFromHere, NotOwnPreparation, NotYourApproval, NotPaidYet.
    """
    found = proposal_of(uow, case)
    if case.state in (ISSUED, REFUSED) and found is None:
        return
    proposal = _waiting(case, found)
    if proposal.step > step:
        return
    _only_theirs(uow, case, proposal, expected_version)
    roles = definition_behind(case).approvals
    (title,) = titles_of(uow, [proposal.waits_for])
    is_last = proposal.step + 1 >= len(roles)
    add_step(uow, case, "approved", words=title, by_name=uow.principal.name, is_internal=True)
    record(uow, case, DecisionApproved)
    if is_last:
        return carry_out(uow, case, proposal)
    proposal.step += 1
    proposal.waits_for = roles[proposal.step]
    proposal.assigned_to_id, proposal.assigned_to = None, ""
    uow.session.flush()
    _tell(uow, case)
    return None


def return_decision(uow: UnitOfWork, case: Case, words: str, *, expected_version: int) -> None:
    """Not like this: back to who prepared it, with the reason, which the person does not read.

    Raises StaleVersion, NotFromHere, NotOwnPreparation, NotYourApproval.
    """
    proposal = _waiting(case, proposal_of(uow, case))
    _only_theirs(uow, case, proposal, expected_version)
    drop(uow, case, proposal, RETURN, words)


def take_back(uow: UnitOfWork, case: Case, *, expected_version: int) -> None:
    """Who prepared it goes on working on it, or hands it over.

    Raises StaleVersion, NotFromHere, NotYourApproval.
    """
    proposal = _waiting(case, proposal_of(uow, case))
    expect_version(case, expected_version, StaleVersion)
    if proposal.by_id is None or proposal.by_id != uow.principal.person_id:
        raise NotYourApproval
    drop(uow, case, proposal, TAKE_BACK)


def reassign(
    uow: UnitOfWork, case: Case, *, to: UUID, name: str, step: int, expected_version: int
) -> None:
    """A colleague approves this step instead of the role.

    Raises StaleVersion, NotFromHere, NotOwnPreparation.
    """
    proposal = _waiting(case, proposal_of(uow, case))
    if proposal.step == step and proposal.assigned_to_id == to:
        return
    if case.version != expected_version or proposal.step != step:
        raise StaleVersion
    if proposal.by_id == to:
        raise NotOwnPreparation
    proposal.assigned_to_id, proposal.assigned_to = to, name
    add_step(uow, case, "reassigned", words=name, by_name=uow.principal.name, is_internal=True)
    record(uow, case, ApprovalReassigned)
    uow.session.flush()
    _tell(uow, case)


def waiting_for_me(uow: UnitOfWork) -> Select[Case]:
    """What this member of staff may approve now, by deadline."""
    me = uow.principal.person_id
    by_role = Proposal.assigned_to_id.is_(None) & Proposal.waits_for.in_(roles_held(me))
    return waiting().where(
        or_(Proposal.assigned_to_id == me, by_role), Proposal.by_id.is_distinct_from(me)
    )


def is_approved() -> ColumnElement[bool]:
    """Of a query of cases: whether the decision goes from role to role."""
    return exists().where(Proposal.id == Case.id, Proposal.waits_for != "")


def waiting() -> Select[Case]:
    """Everything that waits to be approved, by deadline."""
    return (
        select(Case)
        .options(defer(Case.applicant))
        .join(Proposal, Proposal.id == Case.id)
        .where(or_(Case.state == SIGNING, Proposal.is_correction), Proposal.waits_for != "")
        .order_by(Case.due_on.asc().nulls_last(), Case.id)
    )


# -- inside ----------------------------------------------------------------------------------


def _held(uow: UnitOfWork) -> dict[UUID, frozenset[str]]:
    return {
        person: frozenset(role.value for role in roles)
        for person, roles in holders_of_roles(uow).items()
    }


def _able(
    proposal: Proposal, people: Mapping[UUID, str], held: Mapping[UUID, frozenset[str]]
) -> dict[UUID, str]:
    """Who may approve the step that waits: never who prepared it."""
    named = proposal.assigned_to_id
    return {
        person: name
        for person, name in people.items()
        if person != proposal.by_id
        and (person == named if named else proposal.waits_for in held.get(person, ()))
    }


def _waiting(case: Case, proposal: Proposal | None) -> Proposal:
    if proposal is None or not proposal.waits_for:
        raise NotFromHere(state=STATES[case.state])
    return proposal


def _only_theirs(uow: UnitOfWork, case: Case, proposal: Proposal, expected_version: int) -> None:
    me = uow.principal.person_id
    expect_version(case, expected_version, StaleVersion)
    if me is None or proposal.by_id == me:
        raise NotOwnPreparation
    named = proposal.assigned_to_id
    if me != named and (named or proposal.waits_for not in roles_of(uow, me)):
        raise NotYourApproval


def _tell(uow: UnitOfWork, case: Case) -> None:
    """Whose turn it is; where it is nobody's, those who may give it to somebody."""
    found = approval_of(uow, case)
    record(uow, case, ApprovalStuck if found and found.is_stuck else ApprovalWaits)
