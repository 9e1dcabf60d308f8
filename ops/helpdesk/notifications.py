"""Letters that say that there is something to read, and where; never what was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.ops.helpdesk.events import TicketAnswered, TicketAsked, TicketClosed, TicketReplied
from obshto.ops.helpdesk.models import Ticket
from obshto.platform.db.session import shared_session
from obshto.platform.modularity.manifest import Notification
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.hosts import Host
from obshto.tenants.api import people_of_region


def _team(uow: UnitOfWork, fact: Mapping[str, Any]) -> list[UUID]:
    """Who answers it; everybody of the team while that is nobody."""
    with shared_session() as shared:
        ticket = shared.get(Ticket, UUID(fact["subject_id"]))
    if ticket is None:
        return []
    return [ticket.assignee_id] if ticket.assignee_id else list(people_of_region(Role.OPERATOR))


def _author(uow: UnitOfWork, fact: Mapping[str, Any]) -> list[UUID]:
    with shared_session() as shared:
        ticket = shared.get(Ticket, UUID(fact["subject_id"]))
    return [ticket.author_id] if ticket and ticket.author_id else []


def _for_the_team(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    base = current_app.config["SERVER_NAME"]
    address = f"{uow.scope.scheme}://{Host.OPS}.{base}/tickets/{fact['number']}"
    subject = gettext(
        "Запитване %(number)s от %(where)s", number=fact["number"], where=uow.scope.title
    )
    return subject, gettext("Прочетете и отговорете:\n%(address)s", address=address)


def _for_the_author(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    address = f"{uow.scope.address}/console/helpdesk/{fact['subject_id']}"
    subject = gettext("ИТ екипът отговори на запитване %(number)s", number=fact["number"])
    return subject, gettext("Прочетете отговора:\n%(address)s", address=address)


def _rate_us(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    address = f"{uow.scope.address}/console/helpdesk/{fact['subject_id']}"
    subject = gettext("Запитване %(number)s е приключено", number=fact["number"])
    text = gettext(
        "Ако проблемът остава, пишете пак и запитването се отваря отново."
        " Кажете ни и как беше помощта:\n%(address)s",
        address=address,
    )
    return subject, text


_title = _("Запитвания до ИТ екипа")
LETTERS = (
    Notification(fact=TicketAsked, title=_title, to=_team, letter=_for_the_team),
    Notification(fact=TicketReplied, title=_title, to=_team, letter=_for_the_team),
    Notification(fact=TicketAnswered, title=_title, to=_author, letter=_for_the_author),
    Notification(fact=TicketClosed, title=_title, to=_author, letter=_rate_us),
)
