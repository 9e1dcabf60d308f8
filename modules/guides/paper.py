"""Guides as a leaflet: the steps by their titles, the rest behind the short address."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.services.queries import public, translations
from obshto.modules.guides.services.steps import steps_of
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import language_in_force


def paper_of(uow: UnitOfWork, guide_id: UUID) -> Paper | None:
    """In the language in force, else in Bulgarian; None while citizens do not see it."""
    guide = uow.session.scalar(public(uow).where(CitizenGuide.id == guide_id))
    if guide is None:
        return None
    shown = translations(uow, [guide], language_in_force()).get(guide.id, guide)
    steps = steps_of(shown.html).steps
    numbered = (f"{number}. {step.words}" for number, step in enumerate(steps, 1))
    return Paper(
        kind=gettext("Упътване"),
        title=shown.title,
        text=(shown.summary, *numbered),
        path=guide.path,
        language=shown.language,
    )
