"""Letters about registrations, to the person: accepted, refused, on the roll of a vote."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.voters.events import VoterAccepted, VoterRefused, VoterRollFrozen
from obshto.modules.voters.models import FrozenVoterRoll, VoterRegistration, VoterRollEntry
from obshto.modules.voters.services.kinds import DELIVERIES, REASONS
from obshto.modules.voters.services.queries import registration_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork

Fact = Mapping[str, Any]


def who_registered(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account, if it was by one."""
    person_id = registration_of(uow, UUID(fact["subject_id"])).person_id
    return {person_id} if person_id else set()


def who_is_on(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Those of the roll who have an account. One query."""
    mine = select(VoterRegistration.person_id).join(VoterRollEntry)
    mine = mine.where(
        VoterRollEntry.roll_id == UUID(fact["subject_id"]),
        VoterRegistration.person_id.is_not(None),
    )
    return {one for one in uow.session.scalars(mine) if one}


def accepted(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """How the code will come."""
    row = registration_of(uow, UUID(fact["subject_id"]))
    return worded(
        gettext("Регистрацията Ви за гласуване е приета"),
        gettext("За всяко допитване ще получите писмо с код."),
        gettext("Как получавате писмото: %(way)s.", way=DELIVERIES[row.delivery]),
        _own_page(uow),
    )


def refused(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """Why, and what can be done."""
    row = registration_of(uow, UUID(fact["subject_id"]))
    return worded(
        gettext("Регистрацията Ви за гласуване е отказана"),
        gettext("Причина: %(reason)s.", reason=REASONS.get(row.reason, "–")),
        gettext("Ако мислите, че е грешка, елате в общината с документ за самоличност."),
        _own_page(uow),
    )


def on_roll(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """A letter will come; nothing when the roll is gone again."""
    roll = uow.session.get(FrozenVoterRoll, UUID(fact["subject_id"]))
    if roll is None:
        return None
    return worded(
        gettext("Вие сте в списъка за допитване: %(title)s", title=roll.title),
        gettext("Комисията подготвя писмата с кодове. Пазете писмото си: с него се гласува."),
        _own_page(uow),
    )


def _own_page(uow: UnitOfWork) -> str:
    return f"{uow.scope.address}/voters/mine"


NOTIFICATIONS = (
    Notification(
        fact=VoterAccepted,
        title=_("Приета регистрация за гласуване"),
        to=who_registered,
        letter=accepted,
    ),
    Notification(
        fact=VoterRefused,
        title=_("Отказана регистрация за гласуване"),
        to=who_registered,
        letter=refused,
    ),
    Notification(
        fact=VoterRollFrozen, title=_("Аз съм в списъка за допитване"), to=who_is_on, letter=on_roll
    ),
)
