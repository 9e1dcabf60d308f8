"""Mandates that wait for a signature, and those whose last day comes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.services.kinds import DRAFT, SIGNED
from obshto.modules.mandates.services.queries import queue
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind

TODO = (
    Todo(
        kind=TodoKind.DRAFT,
        label=_("Съгласия за помощ, които чакат подпис"),
        permission=MandatesPermission.PREPARE,
        endpoint="mandates_console.index",
        rows=lambda uow: queue(DRAFT),
    ),
)
DUE = (
    DueDays(
        label=_("Последен ден на съгласие"),
        permission=MandatesPermission.PREPARE,
        endpoint="mandates_console.index",
        arguments={"list": SIGNED},
        days=lambda uow: select(Mandate.ends_on).where(Mandate.state == SIGNED),
    ),
)
