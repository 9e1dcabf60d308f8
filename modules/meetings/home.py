"""Home block of the next meeting, and the line of today."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext

from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.page_context import words_of
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.modularity.manifest import HomeBlock, Today
from obshto.platform.modularity.shared_blocks import shared_block
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock
from obshto.platform.web.language import SOURCE
from obshto.platform.web.request_uow import read_once
from obshto.platform.web.validity import keep_until

MOST = 3


@shared_block
def coming(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing is planned. Three queries at most."""
    found = _next(uow)
    if not found:
        return None
    context = {"found": found, **words_of(queries.settlements_here(uow))}
    return HomeBlock(template="meetings/home.html", context=context, weight=25, is_aside=True)


def today(uow: UnitOfWork) -> Today | None:
    """The first of today that is not called off. No query of its own beside the block's."""
    day = day_of(uow.now)
    found = [one for one in _next(uow) if day_of(one.starts_at) <= day and not one.cancelled_at]
    if not found:
        return None
    meeting = found[0]
    return Today(
        title=gettext("Днес в %(time)s", time=clock(meeting.starts_at)),
        text=meeting.title,
        language=SOURCE,
        path=url_for("meetings_citizen.show", meeting_id=meeting.id),
        weight=20,
    )


def _next(uow: UnitOfWork) -> list[Meeting]:
    """The next few. It holds until one is over, the clock shows or hides one, or the day ends."""
    found, turn = read_once("meetings.on_home", lambda: _on_home(uow))
    keep_until(turn)
    keep_until(next_midnight(uow.now))
    keep_until(min((one.ends_at for one in found), default=None))
    return found


def _on_home(uow: UnitOfWork) -> tuple[list[Meeting], datetime | None]:
    rows = queries.coming(uow).limit(MOST)
    return list(uow.session.scalars(rows)), queries.next_turn(uow)
