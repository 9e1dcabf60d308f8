"""What is in force and what comes, on the home page."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from obshto.modules.notices.models import Notice
from obshto.modules.notices.services.kinds import KINDS, Kind, state_of
from obshto.modules.notices.services.queries import on_home
from obshto.modules.notices.services.settlements import settlements_here
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.modularity.manifest import HomeBlock, Today
from obshto.platform.modularity.shared_blocks import shared_block
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day_of_month
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import read_once
from obshto.platform.web.validity import keep_until


@shared_block
def standing_notices(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing stands. Two queries."""
    notices = _standing_now(uow)
    if not notices:
        return None
    context = {
        "notices": notices,
        "states": {notice.id: state_of(notice, uow.now) for notice in notices},
        "now": uow.now,
        "names": settlements_here(uow),
    }
    return HomeBlock(template="notices/home.html", context=context, weight=10, is_aside=True)


def cut_off(uow: UnitOfWork) -> Today | None:
    """The first of what stands; water and power before all else. One query, or none."""
    found = _standing_now(uow)
    if not found:
        return None
    notice = min(found, key=lambda notice: notice.kind not in (Kind.WATER, Kind.POWER))
    title, language = notice.said("title", current_language())
    return Today(
        title=f"{_subject(notice)} {_until(uow, notice)}",
        text=title,
        language=language,
        path=url_for("notices_citizen.show", notice_id=notice.id),
        tone="warn",
        weight=20,
    )


def _standing_now(uow: UnitOfWork) -> list[Notice]:
    """Until one begins or is over, or the words „today“ and the day beside it mean another."""
    found, turn = read_once("notices.on_home", lambda: on_home(uow))
    keep_until(turn)
    keep_until(next_midnight(uow.now))
    return found


def _subject(notice: Notice) -> str:
    """What it takes from people, in two words."""
    words = {Kind.WATER: gettext("Без вода"), Kind.POWER: gettext("Без ток")}
    return words.get(Kind(notice.kind)) or str(KINDS[notice.kind])


def _until(uow: UnitOfWork, notice: Notice) -> str:
    """Until when, or from when where it has not begun."""
    if notice.starts_at > uow.now:
        if day_of(notice.starts_at) == day_of(uow.now):
            return str(gettext("днес от %(time)s", time=clock(notice.starts_at)))
        return str(gettext("на %(day)s", day=day_of_month(notice.starts_at)))
    if day_of(notice.ends_at) == day_of(uow.now):
        return str(gettext("до %(time)s", time=clock(notice.ends_at)))
    return str(gettext("до %(day)s", day=day_of_month(notice.ends_at)))
