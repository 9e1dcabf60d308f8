"""Who hears of polls by letter: staff when one ends; whoever asked, of new ones and of outcomes.

Whoever answers is not asked for an address, and who asked for letters is not known to have
answered: they follow all polls of the municipality, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext, lazy_gettext

from obshto.modules.polls.events import OutcomeTold, PollClosed, PollExtended, PollOpened
from obshto.modules.polls.models import Poll
from obshto.modules.polls.permissions import PollsPermission
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.language import SOURCE

NEW, OUTCOME = "polls:poll", "polls:outcome"
Payload = Mapping[str, Any]


def letter(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """Which poll is over, where its results stand, why this letter comes."""
    subject = gettext("Анкетата приключи – %(name)s", name=uow.scope.title)
    address = f"{uow.scope.address}/console/polls/{fact['subject_id']}/results"
    lines = (
        gettext("Анкетата „%(title)s“ приключи.", title=fact["title"]),
        gettext("Резултатите по начин на отговаряне са тук: %(address)s", address=address),
        gettext("Решете какво ще направи общината. Редакторът го казва на хората в портала."),
        gettext("Пишем Ви, защото следите анкетите на общината."),
    )
    return worded(subject, *lines)


def opened(uow: UnitOfWork, fact: Payload) -> tuple[str, str] | None:
    """What is asked, until when, where."""
    poll, language = _poll(uow, fact), language_in_force()
    if poll is None or poll.closes_at <= uow.now:
        return None
    subject = gettext("Общината пита: %(title)s", title=poll.said("title", language)[0])
    begin = poll.opens_at if poll.opens_at and poll.opens_at > uow.now else None
    return _letter(
        uow,
        poll,
        subject,
        poll.said("intro", language)[0],
        gettext("Започва на %(moment)s", moment=moment(begin)) if begin else "",
        gettext("Може да отговорите до %(moment)s", moment=moment(poll.closes_at)),
    )


def extended(uow: UnitOfWork, fact: Payload) -> tuple[str, str] | None:
    """That there is more time, and why."""
    poll, language = _poll(uow, fact), language_in_force()
    if poll is None or poll.closes_at <= uow.now:
        return None
    subject = gettext("Удължена анкета: %(title)s", title=poll.said("title", language)[0])
    end = gettext("Може да отговорите до %(moment)s", moment=moment(poll.closes_at))
    return _letter(uow, poll, subject, end, poll.said("note", language)[0])


def outcome(uow: UnitOfWork, fact: Payload) -> tuple[str, str] | None:
    """What the municipality did, in full."""
    poll, language = _poll(uow, fact), language_in_force()
    if poll is None or not poll.outcome:
        return None
    subject = gettext("Какво последва: %(title)s", title=poll.said("title", language)[0])
    return _letter(uow, poll, subject, poll.said("outcome", language)[0])


def _poll(uow: UnitOfWork, fact: Payload) -> Poll | None:
    poll = uow.session.get(Poll, UUID(fact["subject_id"]))
    return poll if poll and poll.deleted_at is None else None


def _letter(uow: UnitOfWork, poll: Poll, subject: str, *lines: str) -> tuple[str, str]:
    language = language_in_force()
    prefix = "" if language == SOURCE else f"/{language}"
    told = (poll.said("title", language)[0], *lines, f"{uow.scope.address}{prefix}{poll.path}")
    return worded(subject, *(line.replace("\xa0", " ") for line in told))


def language_in_force() -> str:
    """Of the letter that is being written."""
    locale = get_locale()
    return locale.language if locale else SOURCE


def _who_follows(uow: UnitOfWork, fact: Payload) -> Audience:
    return Audience(topic=NEW, until=uow.session.get_one(Poll, UUID(fact["subject_id"])).closes_at)


def _who_was_told(uow: UnitOfWork, fact: Payload) -> Audience:
    return Audience(topic=NEW, asked=False, told=True)


def _who_waits(uow: UnitOfWork, fact: Payload) -> Audience:
    return Audience(topic=OUTCOME)


TOPICS = (
    Topic(word=NEW, title=lazy_gettext("Нови анкети")),
    Topic(word=OUTCOME, title=lazy_gettext("Какво последва от анкетите")),
)
NOTIFICATIONS = (
    Notification(
        fact=PollOpened, title=lazy_gettext("Отворена анкета"), to=_who_follows, letter=opened
    ),
    Notification(
        fact=PollExtended, title=lazy_gettext("Удължена анкета"), to=_who_was_told, letter=extended
    ),
    Notification(
        fact=OutcomeTold,
        title=lazy_gettext("Какво последва от анкета"),
        to=_who_waits,
        letter=outcome,
    ),
    Notification(
        fact=PollClosed,
        title=lazy_gettext("Приключила анкета"),
        to=PollsPermission.FOLLOW,
        letter=letter,
    ),
)
