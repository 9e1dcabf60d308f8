"""An event as a poster."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.events.models import Event
from obshto.modules.events.services import queries
from obshto.modules.events.services.event_text import marked, price_of, time_of
from obshto.modules.events.services.occurrences import next_of
from obshto.modules.events.services.subjects import SUBJECTS
from obshto.platform.content.markdown import to_text
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import language_in_force, speaking


def paper_of(uow: UnitOfWork, event_id: UUID) -> Paper | None:
    """In the language in force, else in Bulgarian; None for what is over or not public."""
    event = uow.session.scalar(queries.public(uow).where(Event.id == event_id))
    if event is None or (event.last_at and event.last_at <= uow.now):
        return None
    shown = queries.translations(uow, [event], language_in_force()).get(event.id, event)
    with speaking(shown.language):
        return _written(uow, event, shown)


def _written(uow: UnitOfWork, event: Event, shown: Event) -> Paper:
    names = queries.settlements_here(uow)
    place = queries.place_of(event.settlement, names, shown.language)
    when = [time_of(one) for one in next_of(event, uow.now, 3)]
    facts = (
        (gettext("Кога"), "; ".join(when)),
        (gettext("Къде"), ", ".join(filter(None, (place, event.address)))),
        (gettext("Вход"), price_of(event)),
        (gettext("Въпроси"), event.contact),
    )
    told = (event.note, shown.summary, *to_text(shown.html).splitlines())
    return Paper(
        kind=str(SUBJECTS[event.subject]),
        title=marked(event, shown.title),
        facts=tuple(fact for fact in facts if fact[1]),
        text=tuple(words for words in told if words.strip()),
        path=event.path,
        language=shown.language,
    )
