"""Who is told by letter when something breaks, or will be off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import format_datetime, gettext
from flask_babel import lazy_gettext as _

from obshto.ops.incidents.events import IncidentAnnounced
from obshto.ops.incidents.models import Incident, IncidentKind
from obshto.platform.db.session import shared_session
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language
from obshto.tenants.api import people_who_may
from obshto.tenants.people.permissions import PeoplePermission


def _who_answers(uow: UnitOfWork, fact: Mapping[str, Any]) -> list[UUID]:
    return list(people_who_may(uow, PeoplePermission.MANAGE))


def _told(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str] | None:
    with shared_session() as shared:
        it = shared.get(Incident, UUID(fact["subject_id"]))
    if it is None or uow.within is None:
        return None
    words, _language = it.text(current_language())
    lines = [words]
    if it.kind == IncidentKind.MAINTENANCE and it.ends_at:
        start, end = (format_datetime(moment, "short") for moment in (it.starts_at, it.ends_at))
        lines.append(gettext("От %(start)s до %(end)s", start=start, end=end))
    if it.is_read_only:
        lines.append(gettext("През това време порталът е само за четене."))
    lines.append(f"{uow.scope.address}/status")
    is_planned = it.kind == IncidentKind.MAINTENANCE
    subject = gettext("Профилактика на портала") if is_planned else gettext("Авария в портала")
    return worded(subject, *lines)


ANNOUNCED = Notification(
    fact=IncidentAnnounced,
    title=_("Аварии и профилактика на портала"),
    to=_who_answers,
    letter=_told,
)
