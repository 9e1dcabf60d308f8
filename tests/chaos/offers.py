"""What a village offers its neighbours: a draft to say something on, a proposal, a computer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from flask import g

from obshto.modules.centres.services.centres import CentreEntry, publish_centre, write_centre
from obshto.modules.centres.services.kinds import COMPUTER, PART
from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.proposals.services.submission import (
    ProposalSender,
    ProposalWords,
    send_proposal,
)
from obshto.platform.bookings.resources import ResourceEntry, write_resource
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import spans_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

MODULES = ("reports", "consultations", "proposals", "centres")
ALWAYS = Hours(week=(spans_of("8-17"),) * 7, holidays=None)
DRAFT = ConsultationDraft(
    kind="other",
    title="Наредба за дърветата",
    summary="Едно. Две. Три.",
    draft="Първи абзац.\n\nВтори абзац.",
    reasons="Защото.",
)


@dataclass(frozen=True)
class Offer:
    """Addresses, as people of one village know them."""

    say: str
    proposal: str
    times: str


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
            uow.session.flush()
            return Offer(
                say=f"/consultations/{draft.id}/say",
                proposal=f"/proposals/{proposal.id}",
                times=f"/centres/times/{resource.id}",
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
