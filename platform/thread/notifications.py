"""Letters about days that passed: to who follows a thread, to who oversees promises."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _

from obshto.platform.followers.services import Followed, followers_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.thread.deadlines import told_on
from obshto.platform.thread.errors import NoSuchThread
from obshto.platform.thread.events import PromisesLate, ThreadLate
from obshto.platform.thread.lines import ThreadLine, thread_at, view_of
from obshto.platform.thread.permissions import ThreadPermission
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE

PART = "thread"
LISTED = 10  # promises that one letter names


def path_of(thread_id: UUID) -> str:
    """The page of a thread, below the host and the language."""
    return f"/thread/{thread_id}"


def followed(line: ThreadLine) -> Followed:
    """The thread as something that people follow."""
    first = line.things[0].thing
    return Followed(part=PART, object_id=line.id, title=first.title, path=path_of(line.id))


def passed(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str] | None:
    """What was promised by when and is not there, and who owes it."""
    line = _line(uow, fact)
    if line is None or not line.late:
        return None
    title = line.things[0].thing.title
    told = [
        gettext(
            "%(what)s (%(where)s): обещано до %(day)s, от %(who)s.",
            what=one.title,
            where=it.thing.title,
            day=day(one.row.due_on),
            who=one.owes,
        )
        for it, one in line.late
        if one.row.due_on
    ]
    page = gettext("Цялата линия: %(address)s", address=_address(uow, path_of(line.id)))
    return worded(gettext("Мина срок: %(title)s", title=title), *told, page)


def late(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str] | None:
    """How many promises are late since the last letter, and which."""
    found = told_on(uow, date.fromisoformat(fact["day"]), LISTED)
    if not found:
        return None
    number, today = int(fact["number"]), date.fromisoformat(fact["day"])
    subject = ngettext("Мина срокът на %(num)s обещание", "Мина срокът на %(num)s обещания", number)
    lines = [
        f"{thing.title}: {view_of(station, today).title}. "
        + gettext("Обещано до %(day)s.", day=day(station.due_on))
        + f" {_address(uow, path_of(thing.thread_id))}"
        for station, thing in found
        if station.due_on
    ]
    more = gettext("И още %(number)s.", number=number - len(found)) if number > len(found) else ""
    why = gettext("Пишем Ви, защото следите обещанията на общината.")
    return worded(subject, "\n".join(lines), more, why)


def who_follows(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """Who follows the thread, also by the address it had before two became one."""
    line = _line(uow, fact)
    if line is None:
        return []
    found: dict[object, Address] = {}
    for view in line.things:
        thing = Followed(
            part=PART,
            object_id=view.thing.object_id,
            title=view.thing.title,
            path=path_of(view.thing.object_id),
        )
        for reader in followers_of(uow, thing):
            found.setdefault(reader.person_id or reader.email, reader)
    return list(found.values())


def _line(uow: UnitOfWork, fact: Mapping[str, Any]) -> ThreadLine | None:
    try:
        return thread_at(uow, UUID(fact["subject_id"]))
    except NoSuchThread:
        return None


def _address(uow: UnitOfWork, path: str) -> str:
    locale = get_locale()
    language = locale.language if locale else SOURCE
    return f"{uow.scope.address}{'' if language == SOURCE else f'/{language}'}{path}"


NOTIFICATIONS = (
    Notification(
        fact=ThreadLate, title=_("Минал срок на нещо, което следите"), to=who_follows, letter=passed
    ),
    Notification(
        fact=PromisesLate,
        title=_("Минал срок на обещание"),
        to=ThreadPermission.OVERSEE,
        letter=late,
    ),
)
