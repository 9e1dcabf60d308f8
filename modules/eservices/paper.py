"""A service as a poster at the counter: what to bring, how long it takes."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext, ngettext

from obshto.modules.eservices.services.catalogue import Service, object_id_of, services
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def paper_of(uow: UnitOfWork, object_id: UUID) -> Paper | None:
    """In Bulgarian, as the titles of services are by law."""
    for service in services(uow).values():
        if object_id_of(service) == object_id:
            with speaking(SOURCE):
                return _written(service)
    return None


def _written(service: Service) -> Paper:
    days = (service.term or {}).get("days")
    facts = [(gettext("Номер"), service.number)] if service.number else []
    facts += [(gettext("Срок"), ngettext("%(num)s ден", "%(num)s дни", days))] if days else []
    return Paper(
        kind=gettext("Услуга на общината"),
        title=service.title,
        facts=tuple(facts),
        text=tuple(_bring(service)),
        path=f"/eservices/{service.key}",
        language=SOURCE,
    )


def _bring(service: Service) -> list[str]:
    definition = service.definition
    bring = [item["text"][SOURCE] for item in definition.bring] if definition else [*service.bring]
    return [gettext("Какво е нужно:"), *(f"• {what}" for what in bring)] if bring else []
