"""Letters about initiatives: to followers, to the committee, to those who must answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.initiatives.events import InitiativeChanged, InitiativeFiled, InitiativeLate
from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.states import STATES
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

TOPIC = "initiatives:news"
Fact = Mapping[str, Any]


def who_follows(uow: UnitOfWork, fact: Fact) -> Audience:
    """Those who follow initiatives at its place."""
    unit = _initiative(uow, fact).unit
    return Audience(topic=TOPIC, places=frozenset(filter(None, [unit])))


def the_committee(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The members who have an account, and who began it."""
    initiative = _initiative(uow, fact)
    members = COMMITTEE.members_of(uow, initiative, is_named=False)
    return {one for one in (initiative.person_id, *(m.person_id for m in members)) if one}


def news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """How it stands now, with what it proposes."""
    initiative = _initiative(uow, fact)
    assert uow.scope
    state = str(STATES[initiative.state]).lower()
    return worded(
        gettext("Гражданска инициатива: %(state)s", state=state),
        initiative.question,
        gettext("Сега: %(state)s.", state=state),
        f"{uow.scope.address}/initiatives/{initiative.id}",
    )


def arrived(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """Whoever answers reads by which day."""
    initiative = _initiative(uow, fact)
    assert uow.scope
    last = day(initiative.due_on) if initiative.due_on else ""
    return worded(
        gettext("Внесена гражданска инициатива %(number)s", number=initiative.number),
        initiative.question,
        gettext("Решението и мерките се обявяват до %(day)s", day=last),
        f"{uow.scope.address}/console/initiatives/{initiative.id}",
    )


def late(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """A term of law passed: whoever answers hears once."""
    assert uow.scope
    return worded(
        gettext("Изтече срок по гражданска инициатива %(number)s", number=fact["number"]),
        gettext("Срок по закон мина, а следващата стъпка не е записана."),
        f"{uow.scope.address}/console/initiatives/{fact['subject_id']}",
    )


def _initiative(uow: UnitOfWork, fact: Fact) -> Initiative:
    return uow.session.get_one(Initiative, UUID(fact["subject_id"]))


TOPICS = (Topic(word=TOPIC, title=_("Граждански инициативи")),)
NOTIFICATIONS = (
    Notification(
        fact=InitiativeFiled,
        title=_("Общината получи гражданска инициатива"),
        to=who_follows,
        letter=news,
    ),
    Notification(
        fact=InitiativeChanged,
        title=_("Нова стъпка по гражданска инициатива"),
        to=who_follows,
        letter=news,
    ),
    Notification(
        fact=InitiativeChanged,
        title=_("Новина по инициативата на моя комитет"),
        to=the_committee,
        letter=news,
    ),
    Notification(
        fact=InitiativeFiled,
        title=_("Внесена гражданска инициатива"),
        to=InitiativesPermission.LEAD,
        letter=arrived,
    ),
    Notification(
        fact=InitiativeLate,
        title=_("Изтекъл срок по гражданска инициатива"),
        to=InitiativesPermission.LEAD,
        letter=late,
    ),
)
