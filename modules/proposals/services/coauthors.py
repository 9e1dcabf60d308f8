"""Co-authors of a proposal: invited by e-mail, in with an account, named as they choose.

The first author may go as well once somebody else stays: the eldest co-author takes their place.
Who was not found in seven days is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, delete, or_, select

from obshto.modules.proposals.errors import LastAuthor, ProposalNotFromHere, TooManyCoauthors
from obshto.modules.proposals.events import CoauthorInvited, CoauthorJoined, CoauthorLeft
from obshto.modules.proposals.models import CitizenProposal, ProposalCoauthor
from obshto.modules.proposals.services.queries import (
    NEWEST,
    opened_proposal,
    proposal_at,
    proposal_of,
)
from obshto.modules.proposals.services.states import COLLECTING, STATES, note, record
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.outbox import put_letter
from obshto.platform.unit_of_work import UnitOfWork

MOST, OPEN_FOR = 5, timedelta(days=7)
PURPOSE = "proposals_coauthor.link"


def invite_coauthor(
    uow: UnitOfWork, proposal: CitizenProposal, email: str, *, request_id: UUID, language: str
) -> None:
    """A letter with a link that an account accepts. Sent twice it is one letter.

    Raises ProposalNotFromHere, TooManyCoauthors.
    """
    expect_collecting(proposal)
    if uow.session.scalar(
        select(ProposalCoauthor.id).where(ProposalCoauthor.request_id == request_id)
    ):
        return
    if len(coauthors_of(uow, proposal, with_invited=True)) >= MOST:
        raise TooManyCoauthors
    row = ProposalCoauthor(
        request_id=request_id,
        proposal_id=proposal.id,
        email=email.strip(),
        invited_at=uow.now,
    )
    uow.session.add(row)
    uow.session.flush()
    record(uow, proposal, CoauthorInvited)
    _send_link(uow, proposal, row, language=language)


def invitation_at(uow: UnitOfWork, token: str, *, to_change: bool = False) -> ProposalCoauthor:
    """Open, or accepted by who reads it. Raises NoSuchLink."""
    values, _ = read_token(PURPOSE, token)
    wanted = select(ProposalCoauthor).where(ProposalCoauthor.id == UUID(values["id"]))
    row = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if row is None or row.person_id not in (None, uow.principal.person_id):
        raise NoSuchLink
    if row.person_id is None and row.invited_at < uow.now - OPEN_FOR:
        raise NoSuchLink
    return row


def accept_invitation(uow: UnitOfWork, token: str, *, name: str, is_named: bool) -> CitizenProposal:
    """Whoever is signed in writes along from now on; who does already stays so.

    Raises NoSuchLink, ProposalNotFromHere.
    """
    proposal = proposal_of(uow, invitation_at(uow, token).proposal_id, to_change=True)
    row, me = invitation_at(uow, token, to_change=True), uow.principal.person_id
    if row.person_id:
        return proposal
    expect_collecting(proposal)
    if me == proposal.person_id or me in [one.person_id for one in coauthors_of(uow, proposal)]:
        uow.session.delete(row)
        return proposal
    row.person_id, row.email, row.joined_at = me, None, uow.now
    row.name, row.is_named = name, is_named
    note(uow, proposal, "coauthor-joined", by_staff=False)
    record(uow, proposal, CoauthorJoined)
    uow.session.flush()
    return proposal


def take_invitation_back(uow: UnitOfWork, proposal: CitizenProposal, coauthor_id: UUID) -> None:
    """Nobody is asked any more; who is in already stays. Twice is once."""
    uow.session.execute(
        delete(ProposalCoauthor).where(
            ProposalCoauthor.id == coauthor_id,
            ProposalCoauthor.proposal_id == proposal.id,
            ProposalCoauthor.joined_at.is_(None),
        )
    )


def show_name(uow: UnitOfWork, proposal: CitizenProposal, *, name: str, is_named: bool) -> None:
    """How whoever is signed in wants to stand beside it as a co-author."""
    for row in coauthors_of(uow, proposal):
        if row.person_id == uow.principal.person_id:
            row.name, row.is_named = name, is_named


def leave_proposal(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    """Who is signed in, or whose code opens it, writes no more. The proposal must be locked.

    Raises LastAuthor.
    """
    me, others = uow.principal.person_id, coauthors_of(uow, proposal)
    own = next((one for one in others if me and one.person_id == me), None)
    if own:
        uow.session.delete(own)
        tell_of_leaving(uow, proposal)
    elif not hand_on(uow, proposal):
        raise LastAuthor


def hand_on(uow: UnitOfWork, proposal: CitizenProposal) -> bool:
    """The eldest co-author takes the place of the first author; False where there is none."""
    eldest = next(iter(coauthors_of(uow, proposal)), None)
    if eldest is None:
        return False
    proposal.person_id, proposal.code_index = eldest.person_id, None
    proposal.applicant, proposal.is_named = eldest.name or "", eldest.is_named
    proposal.email = proposal.phone = None
    uow.session.delete(eldest)
    tell_of_leaving(uow, proposal)
    return True


def coauthors_of(
    uow: UnitOfWork, proposal: CitizenProposal, *, with_invited: bool = False
) -> Sequence[ProposalCoauthor]:
    """The eldest first. One query."""
    wanted = select(ProposalCoauthor).where(ProposalCoauthor.proposal_id == proposal.id)
    if with_invited:
        fresh = ProposalCoauthor.invited_at > uow.now - OPEN_FOR
        wanted = wanted.where(or_(ProposalCoauthor.joined_at.is_not(None), fresh))
    else:
        wanted = wanted.where(ProposalCoauthor.joined_at.is_not(None))
    order = (ProposalCoauthor.joined_at.nulls_last(), ProposalCoauthor.id)
    return uow.session.scalars(wanted.order_by(*order)).all()


def written_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> CitizenProposal:
    """As `proposal_at`, for co-authors, too: they open it by its id in their account.

    Raises NoSuchProposal, WhoseProposal.
    """
    me = uow.principal.person_id
    if me is None:
        return proposal_at(uow, ref, to_change=to_change)
    also = CitizenProposal.id.in_(_written_along(me))
    return opened_proposal(uow, ref, also=also, to_change=to_change)


def is_coauthor(uow: UnitOfWork, proposal: CitizenProposal) -> bool:
    """Whether who is signed in is a co-author and not the first."""
    me = uow.principal.person_id
    if me is None or me == proposal.person_id:
        return False
    return any(one.person_id == me for one in coauthors_of(uow, proposal))


def written_by(person_id: UUID) -> Select[CitizenProposal]:
    """Those that an account made or writes along, the newest first."""
    own: ColumnElement[bool] = CitizenProposal.person_id == person_id
    along = CitizenProposal.id.in_(_written_along(person_id))
    return select(CitizenProposal).where(or_(own, along)).order_by(*NEWEST)


def expect_collecting(proposal: CitizenProposal) -> None:
    """Raises ProposalNotFromHere."""
    if proposal.state != COLLECTING:
        raise ProposalNotFromHere(state=STATES[proposal.state])


def tell_of_leaving(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    """In the history and in the log; never who."""
    note(uow, proposal, "author-left", by_staff=False)
    record(uow, proposal, CoauthorLeft)
    uow.session.flush()


def _written_along(person_id: UUID) -> Select[UUID]:
    return select(ProposalCoauthor.proposal_id).where(ProposalCoauthor.person_id == person_id)


def _send_link(
    uow: UnitOfWork, proposal: CitizenProposal, row: ProposalCoauthor, *, language: str
) -> None:
    token = make_token(PURPOSE, {"id": str(row.id)}, at=uow.now)
    subject = gettext("Покана: съавтор на предложение %(number)s", number=proposal.number)
    text = gettext(
        "Авторът на „%(title)s“ Ви кани да го пишете заедно. Отворете тази страница и влезте с"
        " профила си: %(page)s",
        title=proposal.title,
        page=f"{uow.scope.address}/proposals/coauthor/{token}",
    )
    end = gettext("Ако не искате, не правете нищо. След седем дни забравяме имейла.")
    put_letter(
        uow,
        id=row.id,
        cause=row.request_id,
        fact=CoauthorInvited.name,
        language=language,
        words=(subject, f"{text}\n\n{end}\n"),
        recipient=row.email or "",
    )
