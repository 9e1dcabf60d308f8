"""A called referendum and the participants of its campaign, without the way that led there."""

from datetime import timedelta
from uuid import uuid4

from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services import campaign
from obshto.modules.referendum.services.campaign import PartyWords
from obshto.platform.clock import day_of


def called(uow, days=20):
    """A referendum whose vote is in so many days."""
    proposal = Referendum(
        request_id=uuid4(),
        year=2026,
        sequence=7,
        proposer="councillors",
        unit="",
        question="Съгласни ли сте центърът да е без коли?",
        yes_means="Без коли",
        no_means="С коли",
        reasons="Тихо",
        decider="council",
        signers=5,
        decision="",
        state="called",
        vote_on=day_of(uow.now) + timedelta(days=days),
        changed_at=uow.now,
        channel="counter",
        entered_by="",
    )
    uow.session.add(proposal)
    uow.session.flush()
    return proposal


def party(uow, proposal, side, text=None):
    words = PartyWords(side=side, name=f"Комитет {side}", registered_on=day_of(uow.now))
    found = campaign.register_party(uow, proposal, words, request_id=uuid4())
    uow.session.flush()
    if text is not None:
        campaign.write_statement(uow, found, text, expected_version=found.version)
        uow.session.flush()
    return found
