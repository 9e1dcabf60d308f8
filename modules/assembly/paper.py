"""An assembly as a poster."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.assembly.models import Assembly
from obshto.modules.assembly.services import queries
from obshto.modules.assembly.services.places import place_of, units_here
from obshto.modules.assembly.services.states import ANNOUNCED
from obshto.platform.content.wheelchair import ACCESS
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment, weekday
from obshto.platform.web.language import SOURCE, speaking


def paper_of(uow: UnitOfWork, assembly_id: UUID) -> Paper | None:
    """In Bulgarian, as it was announced; None for what is over or not public."""
    row = uow.session.scalar(queries.public().where(Assembly.id == assembly_id))
    if row is None or row.state != ANNOUNCED or row.starts_at <= uow.now:
        return None
    with speaking(SOURCE):
        agenda = [f"{one.position}. {one.text}" for one in queries.agenda_of(uow, row)]
        return Paper(
            kind=gettext("Общо събрание на населението"),
            title=place_of(uow, row, units_here(uow)),
            facts=(
                (gettext("Кога"), f"{weekday(row.starts_at)}, {moment(row.starts_at)}"),
                (gettext("Къде"), row.place),
                (gettext("Достъп"), str(ACCESS[row.access])),
            ),
            text=(*agenda, row.reasons),
            path=f"/assembly/{row.id}",
            language=SOURCE,
        )
