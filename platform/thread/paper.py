"""A thread as a poster: what was promised, how far it is."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.platform.modularity.manifest import Paper
from obshto.platform.thread.errors import NoSuchThread
from obshto.platform.thread.lines import StationView, ThreadLine, thread_at
from obshto.platform.thread.notifications import path_of
from obshto.platform.thread.states import STANDINGS
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE, speaking


def paper_of(uow: UnitOfWork, thread_id: UUID) -> Paper | None:
    """In Bulgarian, as its things are written; None where nothing of it can be seen now."""
    try:
        with speaking(SOURCE):
            return _paper(thread_at(uow, thread_id))
    except NoSuchThread:
        return None


def _paper(line: ThreadLine) -> Paper:
    stations = [_said(one) for view in line.things for one in view.stations]
    facts = []
    if line.owed:
        _, following = line.owed[0]
        facts.append((gettext("Следващото"), following.title))
        if following.row.due_on:
            facts.append((gettext("Обещано до"), day(following.row.due_on)))
    return Paper(
        kind=gettext("Какво обещахме"),
        title=line.things[0].thing.title,
        facts=tuple(facts),
        text=tuple(stations),
        path=path_of(line.id),
        language=SOURCE,
    )


def _said(view: StationView) -> str:
    on = view.row.reached_on or view.row.dropped_on or view.row.due_on
    return f"{view.title}: {STANDINGS[view.standing]}{f', {day(on)}' if on else ''}"
