"""An event in words: when, for how much, what became of it."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext

from obshto.modules.events.models import Event, Timed
from obshto.modules.events.services.occurrences import Occurrence, State
from obshto.platform.clock import day_of
from obshto.platform.web.formats import clock, day, moment


def when_of(one: Occurrence[Timed] | Occurrence[Event]) -> str:
    """„5 декември 2026 г., 19:00 ч. – 21:00 ч.“, in the language in force."""
    is_all_day = one.event.is_all_day and one.state is not State.MOVED
    if is_all_day and not one.is_of_days:
        return day(one.starts_at)
    if is_all_day:
        return f"{day(one.starts_at)} – {day(one.last_day)}"
    if day_of(one.starts_at) == day_of(one.ends_at):
        return f"{moment(one.starts_at)} – {clock(one.ends_at)}"
    if one.ends_at - one.starts_at < timedelta(hours=18):  # a dance into the night is one evening
        return f"{moment(one.starts_at)} – {clock(one.ends_at)}"
    return f"{moment(one.starts_at)} – {moment(one.ends_at)}"


def price_of(event: Event) -> str:
    """Free, or the price as written."""
    return str(gettext("Вход свободен")) if event.is_free else event.price


def state_of(event: Timed) -> State:
    """What became of the event as a whole."""
    if event.cancelled_at:
        return State.CANCELLED
    return State.MOVED if event.moved_from else State.PLANNED


def marked(event: Timed, title: str) -> str:
    """The title, with what became of the event before it."""
    return marked_as(state_of(event), title)


def marked_as(state: State, title: str) -> str:
    """The title, with what became of it before it."""
    if state is State.CANCELLED:
        return str(gettext("Отменено: %(title)s", title=title))
    if state is State.MOVED:
        return str(gettext("Преместено: %(title)s", title=title))
    return title


def time_of(one: Occurrence[Timed] | Occurrence[Event]) -> str:
    """When it is, and what became of that one of its days: on paper nothing else says so."""
    if not one.event.repeats or one.event.cancelled_at:
        return when_of(one)
    return marked_as(one.state, when_of(one))
