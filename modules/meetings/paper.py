"""A meeting as a poster."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.calendar_entries import marked
from obshto.modules.meetings.services.kinds import KINDS
from obshto.modules.meetings.services.page_context import when_of
from obshto.platform.content.markdown import to_text
from obshto.platform.content.wheelchair import ACCESS
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def paper_of(uow: UnitOfWork, meeting_id: UUID) -> Paper | None:
    """In Bulgarian, as it was announced; None for what is over or not public."""
    meeting = uow.session.scalar(queries.public(uow).where(Meeting.id == meeting_id))
    if meeting is None or meeting.ends_at <= uow.now:
        return None
    with speaking(SOURCE):
        return _written(uow, meeting)


def _written(uow: UnitOfWork, meeting: Meeting) -> Paper:
    place = queries.place_of(meeting.settlement, queries.settlements_here(uow), SOURCE)
    facts = (
        (gettext("Кога"), when_of(meeting)),
        (gettext("Къде"), ", ".join(filter(None, (place, meeting.address)))),
        (gettext("Достъп"), str(ACCESS[meeting.access])),
        (gettext("По телефона"), meeting.phone_bridge),
        (gettext("Въпроси"), meeting.contact),
    )
    agenda = [f"{n}. {item.title}" for n, item in enumerate(queries.items_of(uow, meeting.id), 1)]
    told = (meeting.note, meeting.summary, *to_text(meeting.html).splitlines(), *agenda)
    return Paper(
        kind=KINDS[meeting.kind].title(SOURCE),
        title=marked(meeting, meeting.title),
        facts=tuple(fact for fact in facts if fact[1]),
        text=tuple(words for words in told if words.strip()),
        path=meeting.path,
        language=SOURCE,
    )
