"""Supports of a proposal: by an account, by an address that was confirmed, at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import gettext

from obshto.modules.proposals.errors import LinkTooOld, SupportClosed, SupporterUnknown
from obshto.modules.proposals.events import SupportAsked, SupportEntered
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.ladder import climb
from obshto.modules.proposals.services.queries import PART, proposal_of, public_proposal
from obshto.modules.proposals.services.states import OPEN, STATES, record
from obshto.platform.cases.channels import PORTAL
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.address import addresses
from obshto.platform.notify.outbox import put_letter
from obshto.platform.support.services import Supporter, give_support, withdraw_support
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import confirmed_number

PURPOSE = "proposals_support.link"
UNCONFIRMED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SupportLink:
    """A link of a letter, opened: which proposal, which address, whether it still confirms."""

    proposal_id: UUID
    supporter: Supporter
    is_stale: bool


def account_supporter(uow: UnitOfWork, person_id: UUID, *, language: str) -> Supporter:
    """By all that is known of an account: an address of the same person is no second one."""
    email = next((person.email for person in addresses().people([person_id])), "")
    number = confirmed_number(uow, person_id)
    return Supporter(person_id=person_id, email=email, personal_number=number, language=language)


def support_proposal(
    uow: UnitOfWork, proposal_id: UUID, supporter: Supporter, *, request_id: UUID
) -> bool:
    """One more, and what follows from it; False where this person supports it already.

    Raises NoSuchProposal, SupportClosed, SupporterUnknown.
    """
    if not supporter.known_by:
        raise SupporterUnknown
    proposal = _locked(uow, proposal_id)
    if proposal.state not in OPEN:
        raise SupportClosed(state=STATES[proposal.state])
    given = give_support(uow, PART, proposal.id, supporter, request_id=request_id)
    if given.is_new:
        if supporter.channel != PORTAL:
            record(uow, proposal, SupportEntered)
        climb(uow, proposal, given.count.total)
    return given.is_new


def take_support_back(
    uow: UnitOfWork, proposal_id: UUID, supporter: Supporter, *, request_id: UUID
) -> bool:
    """One less; a threshold that was reached stays so. Raises NoSuchProposal, SupportClosed."""
    proposal = _locked(uow, proposal_id)
    if proposal.state not in OPEN:
        raise SupportClosed(state=STATES[proposal.state])
    return withdraw_support(uow, PART, proposal.id, supporter, request_id=request_id).is_new


def ask_to_support(
    uow: UnitOfWork, proposal: CitizenProposal, email: str, *, language: str
) -> None:
    """A letter to the address, with the link that counts it; one an hour."""
    supporter = Supporter(email=email, language=language)
    hour = f"{uow.now:%Y%m%d%H}"
    cause = uuid5(NAMESPACE_URL, f"{proposal.id}|{supporter.known_by}|{hour}")
    with speaking(language):
        subject = gettext(
            "Потвърдете подкрепата си: предложение %(number)s", number=proposal.number
        )
        text = gettext(
            "Някой, вероятно Вие, поиска да подкрепи „%(title)s“. Ако сте Вие, отворете тази"
            " страница и натиснете бутона: %(page)s",
            title=proposal.title,
            page=support_page(uow, proposal.id, supporter),
        )
        end = gettext("Ако не сте Вие, не правете нищо. Никой няма да види имейла.")
    put_letter(
        uow,
        id=cause,
        cause=cause,
        fact=SupportAsked.name,
        language=language,
        words=(subject, f"{text}\n\n{end}\n"),
        recipient=email.strip(),
    )


def support_page(uow: UnitOfWork, proposal_id: UUID, supporter: Supporter) -> str:
    """The address of the page where who has no account gives support and takes it back."""
    assert uow.scope
    values = {
        "id": str(proposal_id),
        "email": supporter.email.strip(),
        "language": supporter.language,
    }
    prefix = "" if supporter.language == SOURCE else f"/{supporter.language}"
    token = make_token(PURPOSE, values, at=uow.now)
    return f"{uow.scope.address}{prefix}/proposals/support/{token}"


def opened_support_link(uow: UnitOfWork, token: str) -> SupportLink:
    """Raises NoSuchLink."""
    values, at = read_token(PURPOSE, token)
    try:
        supporter = Supporter(email=values["email"], language=values["language"])
        return SupportLink(UUID(values["id"]), supporter, uow.now - at > UNCONFIRMED)
    except (KeyError, ValueError):
        raise NoSuchLink from None


def confirm_support(uow: UnitOfWork, link: SupportLink, *, request_id: UUID) -> bool:
    """Raises LinkTooOld, and what `support_proposal` raises."""
    if link.is_stale:
        raise LinkTooOld
    return support_proposal(uow, link.proposal_id, link.supporter, request_id=request_id)


def _locked(uow: UnitOfWork, proposal_id: UUID) -> CitizenProposal:
    """The proposal's row before the count's: its state and its thresholds hold until the commit."""
    public_proposal(uow, proposal_id)
    return proposal_of(uow, proposal_id, to_change=True)
