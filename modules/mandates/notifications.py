"""Letters of mandates: to the person who gave one, to the assistant who may act under it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.mandates import events
from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.services.page_context import labels_of
from obshto.modules.mandates.services.queries import mandate_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, short_day

Fact = Mapping[str, Any]
Letter = tuple[str, str]


def giver(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The profile of the person, else the e-mail or the phone that they left, or nobody."""
    row = _row(uow, fact)
    if row.person_id and row.has_profile:
        return [row.person_id]
    if not (row.email or row.phone):
        return []
    return [Address(None, row.name, row.email or "", row.language, row.phone or "")]


def assistant(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who may act under it."""
    row = _row(uow, fact)
    return [row.assistant_id] if row.assistant_id and row.signed_on else []


def given(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it is in force, and how it is withdrawn. The subject alone is enough for an SMS."""
    row = _row(uow, fact)
    return worded(
        gettext(
            "Съгласие за помощ: %(name)s, до %(day)s",
            name=row.assistant,
            day=short_day(row.ends_on),
        ),
        gettext("До края на %(day)s може от Ваше име само това:", day=day(row.ends_on)),
        "\n".join(f"– {label}" for label in labels_of(row)),
        gettext("Ако не сте давали съгласие, оттеглете го веднага или се обадете в общината."),
        _where(uow, row),
        _why(),
    )


def over(uow: UnitOfWork, fact: Fact) -> Letter | None:
    """That nobody acts for them any more; nothing of a draft."""
    row = _row(uow, fact)
    if row.signed_on is None:
        return None
    return worded(
        gettext("Съгласие за помощ %(number)s вече не важи", number=row.number),
        gettext("%(name)s вече не може да действа от Ваше име.", name=row.assistant),
        _where(uow, row),
        _why(),
    )


def yours(uow: UnitOfWork, fact: Fact) -> Letter:
    """For the assistant: that they may act. Whose it is stands behind the sign-in."""
    row = _row(uow, fact)
    return worded(
        gettext("Подписано е съгласие %(number)s", number=row.number),
        gettext("Важи до края на %(day)s.", day=day(row.ends_on)),
        gettext("Съгласията Ви са тук: %(address)s", address=_desk(uow)),
        gettext("Пишем Ви, защото съгласието е на Ваше име."),
    )


def yours_no_more(uow: UnitOfWork, fact: Fact) -> Letter:
    """For the assistant: that they may not any more."""
    row = _row(uow, fact)
    return worded(
        gettext("Съгласие за помощ %(number)s вече не важи", number=row.number),
        gettext("От името на този човек вече нищо не може да правите."),
        gettext("Съгласията Ви са тук: %(address)s", address=_desk(uow)),
        gettext("Пишем Ви, защото съгласието е на Ваше име."),
    )


def _row(uow: UnitOfWork, fact: Fact) -> Mandate:
    return mandate_of(uow, UUID(fact["subject_id"]))


def _where(uow: UnitOfWork, row: Mandate) -> str:
    if row.has_profile:
        address = f"{uow.scope.address}/mandates/mandate/{row.id}"
        return str(
            gettext("Вижте какво е направено или го оттеглете: %(address)s", address=address)
        )
    address = f"{uow.scope.address}/mandates/follow"
    return str(
        gettext(
            "С номера и кода от писмото си вижте какво е направено: %(address)s", address=address
        )
    )


def _desk(uow: UnitOfWork) -> str:
    return f"{uow.scope.address}/console/mandates/mine"


def _why() -> str:
    return str(gettext("Пишем Ви, защото съгласието е от Вас."))


_MINE, _OVER = lazy_gettext("Дадох съгласие"), lazy_gettext("Мое съгласие вече не важи")
_HELD, _GONE = (
    lazy_gettext("Имам ново съгласие от човек"),
    lazy_gettext("Съгласие от човек вече не важи"),
)
NOTIFICATIONS = (
    Notification(fact=events.MandateSigned, title=_MINE, to=giver, letter=given),
    Notification(fact=events.MandateSigned, title=_HELD, to=assistant, letter=yours),
    *(
        Notification(fact=fact, title=title, to=to, letter=letter)
        for fact in (events.MandateWithdrawn, events.MandateEnded)
        for title, to, letter in ((_OVER, giver, over), (_GONE, assistant, yours_no_more))
    ),
)
