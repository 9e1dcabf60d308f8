"""Campaign of a called referendum: who takes part, what they say, when both sides are shown.

All acts of one campaign wait for its row, so what is counted is what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.referendum.errors import (
    CampaignClosed,
    LawSaysNo,
    NoSuchParty,
    PartyAsksHall,
    PartyShown,
    StaleCampaign,
    StatementTooLong,
    WrongPartyCode,
)
from obshto.modules.referendum.events import (
    CampaignFact,
    CampaignShown,
    PartyRegistered,
    PartyStruck,
    StatementWritten,
)
from obshto.modules.referendum.models import Campaign, CampaignParty, HallRequest, Referendum
from obshto.modules.referendum.services.campaign_time import (
    BEFORE,
    OPEN,
    SILENT,
    CampaignTime,
    campaign_time,
    why_of_closing,
    why_of_opening,
)
from obshto.modules.referendum.services.equal_space import (
    NO,
    YES,
    SpaceBalance,
    balance_of,
    letters,
    why_of_balance,
)
from obshto.modules.referendum.services.states import CALLED
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.cases.codes import code_of, digits
from obshto.platform.entity import create_once, expect_version
from obshto.platform.keys.encryption import blind_index
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

CODE = "referendum_party.code"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyWords:
    """A side's participant as it registered on paper."""

    side: str
    name: str
    registered_on: date


def time_of(proposal: Referendum) -> CampaignTime | None:
    """None while no day is set."""
    return campaign_time(proposal.vote_on) if proposal.vote_on else None


def settings_here(uow: UnitOfWork) -> ReferendumSettings:
    """How much may be said, and the readings of the law."""
    return settings_of(uow, "referendum", ReferendumSettings)


def campaign_of_proposal(uow: UnitOfWork, proposal: Referendum) -> Campaign | None:
    """None until somebody registers. One query."""
    return uow.session.get(Campaign, proposal.id)


def parties_of(uow: UnitOfWork, proposal: Referendum) -> Sequence[CampaignParty]:
    """In the order of registration. One query."""
    wanted = select(CampaignParty).where(CampaignParty.proposal_id == proposal.id)
    return uow.session.scalars(wanted.order_by(CampaignParty.registered_on, CampaignParty.id)).all()


def written_balance(uow: UnitOfWork, parties: Sequence[CampaignParty]) -> SpaceBalance:
    """Of what waits to be shown."""
    return _balance(uow, [(one.side, one.statement) for one in parties])


def shown_balance(uow: UnitOfWork, parties: Sequence[CampaignParty]) -> SpaceBalance:
    """Of what everybody reads."""
    return _balance(uow, [(one.side, one.shown) for one in parties])


def party_code(party: CampaignParty) -> str:
    """The code by which the participant hands in its text; for who registered it alone."""
    return code_of(CODE, party.request_id)


def is_waiting(parties: Sequence[CampaignParty]) -> bool:
    """Somebody's text is not the one that everybody reads."""
    return any(one.shown != one.statement for one in parties)


def register_party(
    uow: UnitOfWork, proposal: Referendum, words: PartyWords, *, request_id: UUID
) -> CampaignParty:
    """A participant, registered by the municipality; the same request again finds the first.

    Raises CampaignClosed.
    """
    wanted = select(CampaignParty).where(CampaignParty.request_id == request_id)
    if first := uow.session.scalar(wanted):
        return first
    campaign = lock_campaign(uow, proposal)
    _expect_not_closed(uow, proposal)
    party = CampaignParty(
        request_id=request_id,
        proposal_id=proposal.id,
        side=words.side,
        name=words.name,
        registered_on=words.registered_on,
        code_index=blind_index(CODE, code_of(CODE, request_id)),
        registered_by_id=uow.principal.person_id,
    )
    if (first := create_once(uow, party)) is not party:
        return first
    campaign.changed_at = uow.now
    _tell(uow, PartyRegistered, proposal)
    return party


def strike_party(
    uow: UnitOfWork, proposal: Referendum, party_id: UUID, *, expected_version: int
) -> None:
    """Take out who was registered by mistake; again changes nothing.

    Raises PartyShown, PartyAsksHall, StaleCampaign.
    """
    campaign, party = lock_campaign(uow, proposal), uow.session.get(CampaignParty, party_id)
    if party is None or party.proposal_id != proposal.id:
        return
    if party.shown:
        raise PartyShown
    asked = select(HallRequest.id).where(HallRequest.party_id == party.id)
    if uow.session.scalar(asked.limit(1)):
        raise PartyAsksHall
    expect_version(party, expected_version, StaleCampaign)
    uow.session.delete(party)
    campaign.changed_at = uow.now
    _tell(uow, PartyStruck, proposal)


def party_of(uow: UnitOfWork, proposal: Referendum, party_id: UUID) -> CampaignParty:
    """One of this campaign. Raises NoSuchParty."""
    party = uow.session.get(CampaignParty, party_id)
    if party is None or party.proposal_id != proposal.id:
        raise NoSuchParty
    return party


def party_with_code(uow: UnitOfWork, code: str) -> CampaignParty:
    """Whose code it is. Raises WrongPartyCode."""
    index = blind_index(CODE, digits(code))
    party = uow.session.scalar(select(CampaignParty).where(CampaignParty.code_index == index))
    if party is None:
        raise WrongPartyCode
    return party


def write_statement(
    uow: UnitOfWork, party: CampaignParty, text: str, *, expected_version: int
) -> None:
    """What a participant says; it waits until both sides are shown together.

    Raises StaleCampaign, CampaignClosed, StatementTooLong.
    """
    proposal = uow.session.get_one(Referendum, party.proposal_id)
    campaign = lock_campaign(uow, proposal)
    uow.session.refresh(party)
    if party.statement == text:
        return
    expect_version(party, expected_version, StaleCampaign)
    _expect_not_closed(uow, proposal)
    _expect_room(uow, proposal, party, text)
    party.statement, party.written_at = text, uow.now
    campaign.changed_at = uow.now
    _tell(uow, StatementWritten, proposal)


def show_statements(uow: UnitOfWork, proposal: Referendum, *, expected_version: int) -> None:
    """Show what all say, in the same moment; refused while the sides differ too much.

    Raises StaleCampaign, CampaignClosed, LawSaysNo.
    """
    campaign = lock_campaign(uow, proposal)
    parties = parties_of(uow, proposal)
    if campaign.shown_at and not is_waiting(parties):
        return
    expect_version(campaign, expected_version, StaleCampaign)
    _expect_not_closed(uow, proposal)
    assert proposal.vote_on
    if campaign_time(proposal.vote_on).state(uow.now) == BEFORE:
        raise LawSaysNo(why_of_opening(proposal.vote_on))
    balance = written_balance(uow, parties)
    if not balance.holds:
        raise LawSaysNo(why_of_balance(balance))
    for party in parties:
        party.shown = party.statement
    campaign.shown_at = campaign.changed_at = uow.now
    _tell(uow, CampaignShown, proposal)


def is_shown(uow: UnitOfWork, proposal: Referendum, campaign: Campaign | None) -> bool:
    """Everybody reads both sides now: never before both were shown, by the cautious reading of
    чл. 34, ал. 1 not in the last 24 hours and on the day of the vote.
    """
    told, shown_at = time_of(proposal), campaign.shown_at if campaign else None
    if told is None or shown_at is None:
        return False
    return told.state(uow.now) != SILENT or settings_here(uow).keeps_campaign_shown


def _balance(uow: UnitOfWork, said: Sequence[tuple[str, str]]) -> SpaceBalance:
    settings = settings_here(uow)
    return balance_of(
        [text for side, text in said if side == YES],
        [text for side, text in said if side == NO],
        limit=settings.campaign_gap,
        lone=settings.shows_lone_side,
    )


def lock_campaign(uow: UnitOfWork, proposal: Referendum) -> Campaign:
    """The campaign's row, made at the first act, locked."""
    wanted = select(Campaign).where(Campaign.proposal_id == proposal.id).with_for_update()
    wanted = wanted.execution_options(populate_existing=True)
    if found := uow.session.scalar(wanted):
        return found
    try:
        with uow.session.begin_nested():
            uow.session.add(Campaign(proposal_id=proposal.id, changed_at=uow.now))
    except IntegrityError:  # another one made it in the same instant
        pass
    return uow.session.scalars(wanted).one()


def _expect_not_closed(uow: UnitOfWork, proposal: Referendum) -> None:
    told = time_of(proposal)
    if proposal.state != CALLED or told is None:
        raise CampaignClosed
    if told.state(uow.now) not in (BEFORE, OPEN):
        assert proposal.vote_on
        raise LawSaysNo(why_of_closing(proposal.vote_on))


def _expect_room(uow: UnitOfWork, proposal: Referendum, party: CampaignParty, text: str) -> None:
    """All participants of one side share its room."""
    most = settings_here(uow).campaign_letters
    others = [
        letters(one.statement)
        for one in parties_of(uow, proposal)
        if one.side == party.side and one.id != party.id
    ]
    left = most - sum(others)
    if letters(text) > left:
        raise StatementTooLong(left=max(left, 0), most=most)


def _tell(uow: UnitOfWork, fact: type[CampaignFact], proposal: Referendum) -> None:
    uow.emit(fact(subject_id=proposal.id, number=proposal.number))
