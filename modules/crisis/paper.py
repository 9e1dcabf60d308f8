"""A warning as a poster: where and whom to call stand before everything else."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.crisis.errors import NoSuchCrisis
from obshto.modules.crisis.services.kinds import KINDS
from obshto.modules.crisis.services.queries import crisis_of, told_text
from obshto.modules.crisis.services.settlements import places_of, settlements_here
from obshto.modules.crisis.services.spoken import heading_of
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment, phone
from obshto.platform.web.language import SOURCE, speaking


def paper_of(uow: UnitOfWork, crisis_id: UUID) -> Paper | None:
    """In Bulgarian; None where nothing was told yet, or it is over."""
    try:
        crisis = crisis_of(uow, crisis_id)
        message = told_text(uow, crisis)
    except NoSuchCrisis:
        return None
    if message.sent_at is None or not (crisis.is_running or message.is_all_clear):
        return None
    with speaking(SOURCE):
        where = places_of(message.settlements, settlements_here(uow))
        facts = [(gettext("Къде"), where or gettext("Цялата община"))]
        if message.phone:
            facts.append((gettext("Обадете се"), phone(message.phone)))
        facts.append((gettext("От кога"), moment(message.sent_at)))
        kind = gettext("Опасност: %(kind)s", kind=KINDS[crisis.kind])
        if message.is_all_clear:
            kind = gettext("Край на опасността")
        return Paper(
            kind=gettext("УЧЕНИЕ") if crisis.is_rehearsal else kind,
            title=heading_of(crisis, message),
            facts=tuple(facts),
            text=(*message.advice.splitlines(), *message.text.splitlines()),
            path=crisis.path,
            language=SOURCE,
        )
