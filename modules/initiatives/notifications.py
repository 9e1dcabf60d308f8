"""Letters about initiatives: to followers, to the committee, to those who must answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.initiatives.events import (
    InitiativeChanged,
    InitiativeFiled,
    InitiativeFlagged,
    InitiativeHidden,
    InitiativeLate,
    InitiativeShown,
    InitiativeUpheld,
)
from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.modules.initiatives.services import queries
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.states import STATES
from obshto.platform.moderation.rules import PERSONAL
from obshto.platform.moderation.services import decision_on, decisions_about
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
    state = str(STATES[initiative.state]).lower()
    return worded(
        gettext("Гражданска инициатива: %(state)s", state=state),
        queries.public_title(initiative),
        gettext("Сега: %(state)s.", state=state),
        f"{uow.scope.address}{initiative.path}",
    )


def arrived(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """Whoever answers reads by which day."""
    initiative = _initiative(uow, fact)
    last = day(initiative.due_on) if initiative.due_on else ""
    return worded(
        gettext("Внесена гражданска инициатива %(number)s", number=initiative.number),
        queries.public_title(initiative),
        gettext("Решението и мерките се обявяват до %(day)s", day=last),
        f"{uow.scope.address}/console/initiatives/{initiative.id}",
    )


def late(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """A term of law passed: whoever answers hears once."""
    return worded(
        gettext("Изтече срок по гражданска инициатива %(number)s", number=fact["number"]),
        gettext("Срок по закон мина, а следващата стъпка не е записана."),
        f"{uow.scope.address}/console/initiatives/{fact['subject_id']}",
    )


def flagged(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """To moderators: a reader says that it breaks a rule."""
    initiative = _initiative(uow, fact)
    return worded(
        gettext("Гражданска инициатива %(number)s чака преглед", number=initiative.number),
        gettext("Някой каза, че нарушава правилата за участие."),
        f"{uow.scope.address}/console{initiative.path}",
        gettext("Пишем Ви, защото преглеждате сигналите за инициативи в общината."),
    )


def hidden(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """To the committee: the public does not see its words; the reason stands on its own page."""
    initiative = _initiative(uow, fact)
    decision = decision_on(uow, queries.PART, initiative.id)
    stays = gettext("Номерът, подписите и сроковете остават, събирането на хартия продължава.")
    own, number = _committee_page(uow, initiative), initiative.number
    if decision is None or not decision.is_provisional:
        return worded(
            gettext("Скрихме текста на гражданска инициатива %(number)s", number=number),
            gettext("Защо, пише на страницата на комитета."),
            stays,
            gettext("Ако не сте съгласни, възразете оттам: решава друг човек."),
            own,
        )
    why = gettext("В текста има връзка към друг сайт. Затова още не се вижда.")
    if decision.rule == PERSONAL:
        why = gettext(
            "Някой каза, че в текста има данни на други хора: имена, телефони, болести или"
            " адреси. Затова го скрихме веднага."
        )
    return worded(
        gettext("Гражданска инициатива %(number)s чака преглед", number=number),
        why,
        gettext("Служител ще го прегледа и ще Ви пишем какво е решил."),
        stays,
        own,
    )


def reviewed(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """To the committee: what another person decided and why; or that staff took it back."""
    initiative = _initiative(uow, fact)
    said = (
        gettext("Друг човек прегледа възражението и текстът остава скрит.")
        if initiative.hidden_at
        else gettext("Текстът отново се вижда от всички.")
    )
    decision = uow.session.scalars(decisions_about(queries.PART, initiative.id).limit(1)).first()
    return worded(
        gettext("Дали се вижда гражданска инициатива %(number)s", number=initiative.number),
        said,
        decision.review if decision else "",
        _committee_page(uow, initiative),
    )


def _committee_page(uow: UnitOfWork, initiative: Initiative) -> str:
    return f"{uow.scope.address}/initiatives/committee/{initiative.id}"


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
    Notification(
        fact=InitiativeFlagged,
        title=_("Докладвана гражданска инициатива"),
        to=InitiativesPermission.MODERATE,
        letter=flagged,
    ),
    *(
        Notification(fact=fact, title=title, to=the_committee, letter=letter)
        for fact, title, letter in (
            (InitiativeHidden, _("Скриха текста на моята инициатива"), hidden),
            (InitiativeShown, _("Текстът на моята инициатива отново се вижда"), reviewed),
            (InitiativeUpheld, _("Текстът на моята инициатива остава скрит"), reviewed),
        )
    ),
)
