"""A notice as a poster: where and when stand before everything else."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.notices.models import Notice
from obshto.modules.notices.services.kinds import KINDS
from obshto.modules.notices.services.queries import standing
from obshto.modules.notices.services.settlements import names_of, settlements_here
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.language import language_in_force, speaking


def paper_of(uow: UnitOfWork, notice_id: UUID) -> Paper | None:
    """In the language in force, else in Bulgarian; None for what is over or was called off."""
    notice = uow.session.scalar(standing(uow.now).where(Notice.id == notice_id))
    if notice is None:
        return None
    title, language = notice.said("title", language_in_force())
    with speaking(language):
        return _written(uow, notice, title, language)


def _written(uow: UnitOfWork, notice: Notice, title: str, language: str) -> Paper:
    where = names_of(notice.settlements, settlements_here(uow), language)
    places = [where or gettext("Цялата община"), notice.said("address", language)[0]]
    return Paper(
        kind=gettext("Съобщение: %(kind)s", kind=KINDS[notice.kind]),
        title=title,
        facts=(
            (gettext("Къде"), ", ".join(filter(None, places))),
            (gettext("От кога"), moment(notice.starts_at)),
            (gettext("До кога"), moment(notice.ends_at)),
        ),
        text=tuple(notice.said("text", language)[0].splitlines()),
        path=notice.path,
        language=language,
    )
