"""Letters about assemblies and petitions: to who follows, who began one, who owes a step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.assembly.events import (
    AssemblyAnnounced,
    AssemblyChanged,
    AssemblyDecisionFollowed,
    AssemblyPetitionChanged,
    AssemblyPetitionFiled,
    AssemblyTermPassed,
)
from obshto.modules.assembly.models import Assembly, AssemblyPetition
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.modules.assembly.services.petition_states import PETITION_STATES
from obshto.modules.assembly.services.places import title_of, units_here
from obshto.modules.assembly.services.states import COMING, STATES
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment

TOPIC = "assembly:news"
Fact = Mapping[str, Any]


def who_follows(uow: UnitOfWork, fact: Fact) -> Audience:
    """Those who follow assemblies at its place."""
    return Audience(topic=TOPIC, places=frozenset(filter(None, [_assembly(uow, fact).unit])))


def news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """Where, when, and how it stands now."""
    row = _assembly(uow, fact)
    return worded(
        title_of(uow, row, units_here(uow)),
        gettext("Кога: %(moment)s", moment=moment(row.starts_at)),
        gettext("Къде: %(place)s", place=row.place),
        gettext("Сега: %(state)s.", state=str(STATES[row.state]).lower()),
        f"{uow.scope.address}/assembly/{row.id}",
    )


def changed(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """How it ended; what happens in the hall within an evening is no letter."""
    return None if _assembly(uow, fact).state in COMING else news(uow, fact)


def late(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """A term of law passed: whoever follows decisions hears once."""
    return worded(
        gettext("Изтече срок по общо събрание %(number)s", number=fact["number"]),
        gettext("Срок по закон мина, а следващата стъпка не е записана."),
        f"{uow.scope.address}/console/assembly/{fact['subject_id']}",
    )


def who_began(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Whoever began the petition here; nobody for one that staff entered."""
    return {one for one in (_petition(uow, fact).person_id,) if one}


def petition_news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """How it stands now, with what it asks."""
    row = _petition(uow, fact)
    state = str(PETITION_STATES[row.state]).lower()
    return worded(
        gettext("Подписка за общо събрание: %(state)s", state=state),
        row.questions,
        gettext("Сега: %(state)s.", state=state),
        f"{uow.scope.address}/assembly/petitions/{row.id}",
    )


def petition_arrived(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """Whoever checks the signatures reads that they wait."""
    row = _petition(uow, fact)
    return worded(
        gettext("Внесена подписка за общо събрание %(number)s", number=row.number),
        row.questions,
        gettext("Подписите чакат проверка в ГРАО."),
        f"{uow.scope.address}/console/assembly/petitions/{row.id}",
    )


def _petition(uow: UnitOfWork, fact: Fact) -> AssemblyPetition:
    return uow.session.get_one(AssemblyPetition, UUID(fact["subject_id"]))


def _assembly(uow: UnitOfWork, fact: Fact) -> Assembly:
    return uow.session.get_one(Assembly, UUID(fact["subject_id"]))


TOPICS = (Topic(word=TOPIC, title=_("Общи събрания")),)
NOTIFICATIONS = (
    Notification(
        fact=AssemblyAnnounced,
        title=_("Обявено е общо събрание"),
        to=who_follows,
        letter=news,
    ),
    Notification(
        fact=AssemblyChanged,
        title=_("Нова стъпка на общо събрание"),
        to=who_follows,
        letter=changed,
    ),
    Notification(
        fact=AssemblyDecisionFollowed,
        title=_("Какво последва от общо събрание"),
        to=who_follows,
        letter=news,
    ),
    Notification(
        fact=AssemblyPetitionChanged,
        title=_("Новина по моята подписка за общо събрание"),
        to=who_began,
        letter=petition_news,
    ),
    Notification(
        fact=AssemblyPetitionFiled,
        title=_("Внесена подписка за общо събрание"),
        to=AssemblyPermission.PETITION,
        letter=petition_arrived,
    ),
    Notification(
        fact=AssemblyTermPassed,
        title=_("Изтекъл срок по общо събрание"),
        to=AssemblyPermission.CALL,
        letter=late,
    ),
)
