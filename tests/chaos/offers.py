"""What a village offers its neighbours: a draft to say something on, a proposal, a computer, a
referendum of yesterday whose protocols are read, a trial of voting by phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from flask import g
from trials import Trial, open_a_trial

from obshto.modules.centres.services.centres import CentreEntry, publish_centre, write_centre
from obshto.modules.centres.services.kinds import COMPUTER, PART
from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer
from obshto.modules.polling.services.sections import SectionWords, write_section
from obshto.modules.proposals.services.submission import (
    ProposalSender,
    ProposalWords,
    send_proposal,
)
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.states import CALLED, COUNCILLORS
from obshto.platform.bookings.resources import ResourceEntry, write_resource
from obshto.platform.clock import day_of
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import spans_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

MODULES = (
    *("reports", "consultations", "proposals", "centres"),
    *("referendum", "polling", "results", "voting", "eservices"),
)
SECTIONS = 40  # each is read once: more than anybody reads while a drill lasts
ALWAYS = Hours(week=(spans_of("8-17"),) * 7, holidays=None)
DRAFT = ConsultationDraft(
    kind="other",
    title="Наредба за дърветата",
    summary="Едно. Две. Три.",
    draft="Първи абзац.\n\nВтори абзац.",
    reasons="Защото.",
)

SERVICE = "1998"  # of the catalogue: a certificate of taxes
CERTIFICATE = Terms(is_online=True, fee_cents=None, official="Проба Подписваща")


@dataclass(frozen=True)
class Offer:
    """Addresses, as people of one village know them."""

    say: str
    proposal: str
    times: str
    protocols: tuple[str, ...]  # the form of each section, by its number
    trial: Trial | None


def make_offer(app, slug):
    """Write all of it, open to anybody for longer than the drill lasts."""
    with app.app_context():
        g.modules = frozenset(MODULES)
        with open_uow(scope_named(slug), Principal.system("drill")) as uow:
            draft = write_consultation(uow, DRAFT, request_id=uuid4())
            publish_consultation(uow, draft, expected_version=draft.version)
            words = ProposalWords(title="Пейка пред магазина", text="Да се сложи пейка.")
            sender = ProposalSender(subject="green", name="Проба Авторова")
            proposal = send_proposal(uow, words, sender, request_id=uuid4())
            resource = _computer(uow)
            service = catalogue_services()[SERVICE]
            change_offer(uow, service, CERTIFICATE, expected_version=UNWRITTEN)
            uow.session.flush()
            return Offer(
                say=f"/consultations/{draft.id}/say",
                proposal=f"/proposals/{proposal.id}",
                times=f"/centres/times/{resource.id}",
                protocols=_protocols(uow),
                trial=open_a_trial(uow),
            )


def _computer(uow):
    """One seat at a time, on every day."""
    entry = CentreEntry(
        kind="centre",
        name="Дигитален център",
        address="пл. Свобода 1",
        phone="0938 12 345",
        hours=ALWAYS,
    )
    centre = write_centre(uow, entry, request_id=uuid4())
    publish_centre(uow, centre, True, expected_version=centre.version)
    uow.session.flush()
    seat = ResourceEntry(kind=COMPUTER, name="Компютър")
    return write_resource(uow, PART, centre.id, seat, request_id=uuid4())


def _protocols(uow):
    """Sections of a referendum whose day is over."""
    told = ("unit", "yes_means", "no_means", "reasons", "decider", "decision", "entered_by")
    vote = Referendum(
        request_id=uuid4(),
        year=2026,
        sequence=1,
        proposer=COUNCILLORS,
        question="Да има ли пазар в неделя?",
        signers=5,
        state=CALLED,
        vote_on=day_of(uow.now) - timedelta(days=1),
        changed_at=uow.now,
        channel="counter",
        **dict.fromkeys(told, ""),
    )
    uow.session.add(vote)
    uow.session.flush()
    room = {"place": "Училището", "address": "пл. Свобода 2", "settlement": "", "entrance": ""}
    told = [
        SectionWords(number=number, is_accessible=True, voters=300, **room)
        for number in range(1, SECTIONS + 1)
    ]
    sections = [write_section(uow, words, request_id=uuid4()) for words in told]
    return tuple(f"/console/results/{vote.id}/sections/{one.id}/protocol" for one in sections)
