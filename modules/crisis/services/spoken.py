"""Wording of one text: in letters, on networks, over the telephone. Always in Bulgarian."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from flask_babel import gettext

from obshto.modules.crisis.models import Crisis, CrisisMessage
from obshto.modules.crisis.services.settlements import places_of, settlements_here
from obshto.platform.modularity.manifest import Audience
from obshto.platform.notify.reach_preview import Outlook, outlook
from obshto.platform.notify.sms.message_text import example_of_many
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import phone
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import municipality_here

DANGER, REHEARSAL = "crisis:danger", "crisis:rehearsal"
IN_FORCE = timedelta(hours=12)  # what has not left by then says nothing any more
NETWORKS = {"long": 2_000, "middle": 500, "short": 280}


class SpokenText(NamedTuple):
    """Paragraphs of one text, the first its heading."""

    heading: str
    paragraphs: tuple[str, ...]


def heading_of(crisis: Crisis, message: CrisisMessage) -> str:
    """„УЧЕНИЕ: Реката прелива (2)“: a number from the second text on."""
    number = f" ({message.number})" if message.number > 1 and not message.is_all_clear else ""
    before = gettext("УЧЕНИЕ: ") if crisis.is_rehearsal else ""
    return f"{before}{message.title}{number}"


def told(uow: UnitOfWork, crisis: Crisis, message: CrisisMessage) -> SpokenText:
    """Heading, where, what, what to do, whom to call. One read."""
    with speaking(SOURCE):
        places = places_of(message.settlements, settlements_here(uow))
        where = places or gettext("Цялата община")
        call = gettext("Обадете се: %(phone)s", phone=phone(message.phone)) if message.phone else ""
        drill = gettext("Това е учение. Няма опасност и не правете нищо.")
        parts = (drill if crisis.is_rehearsal else "", where, message.text, message.advice, call)
        plain = tuple(part.replace("\xa0", " ") for part in parts if part)
        return SpokenText(heading_of(crisis, message), plain)


def post_texts(uow: UnitOfWork, crisis: Crisis, message: CrisisMessage) -> dict[str, str]:
    """For networks by hand, by length: whole paragraphs while they fit, then the address."""
    said = told(uow, crisis, message)
    link = "" if crisis.is_rehearsal else f"{uow.scope.address}{crisis.path}"
    return {name: _fitted(said, link, limit) for name, limit in NETWORKS.items()}


def audience_of(
    crisis: Crisis, message: CrisisMessage, *, asked: bool = True, is_told: bool = False
) -> Audience:
    """Everybody who can be reached there, whatever they follow; in a rehearsal who agreed alone."""
    return Audience(
        topic=REHEARSAL if crisis.is_rehearsal else DANGER,
        places=frozenset(message.settlements),
        is_urgent=True,
        any_topic=not crisis.is_rehearsal,
        until=(message.sent_at or message.changed_at) + IN_FORCE,
        asked=asked,
        told=is_told,
    )


def outlook_of(uow: UnitOfWork, crisis: Crisis, message: CrisisMessage) -> Outlook:
    """How many people, how many SMS, before anything leaves. Three queries and the name."""
    with speaking(SOURCE):
        title, address = municipality_here(uow).title(), uow.scope.address
        sms = example_of_many(title, heading_of(crisis, message), address)
    return outlook(uow, audience_of(crisis, message), sms=sms)


def _fitted(said: SpokenText, link: str, limit: int) -> str:
    kept, left = [said.heading], limit - len(said.heading) - len(link) - 4
    for part in said.paragraphs:
        if len(part) + 2 > left:
            break
        kept.append(part)
        left -= len(part) + 2
    return "\n\n".join(filter(None, (*kept, link)))
