"""Letters about powers of attorney: to both people, where an address is known; no name in any."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext

from obshto.modules.eservices.models import Case, PowerOfAttorney
from obshto.modules.eservices.services.powers.queries import power_of
from obshto.platform.modularity.letters import worded
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

Fact = Mapping[str, Any]


def representative(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who applies under it, where there is an account."""
    person_id = power_of(uow, UUID(fact["subject_id"])).representative_id
    return [person_id] if person_id else []


def represented(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who gave it: the account, else the e-mail that stands in it, or nobody."""
    return _reach(power_of(uow, UUID(fact["subject_id"])))


def represented_in_case(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """For whom somebody else applied."""
    case = uow.session.get_one(Case, UUID(fact["subject_id"]))
    return _reach(power_of(uow, case.power_id)) if case.power_id else []


def to_check(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That one waits to be checked."""
    address = f"{uow.scope.address}/console/eservices/powers/{fact['subject_id']}"
    return worded(
        gettext("Пълномощно %(number)s чака проверка", number=fact["number"]),
        gettext("Сравнете написаното с документа и го приемете или кажете какво липсва."),
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото проверявате пълномощни в общината."),
    )


def accepted(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """To who represents: that they may apply, and how."""
    return worded(
        gettext("Пълномощно %(number)s е прието", number=fact["number"]),
        gettext("Когато започнете заявление, изберете за кого подавате."),
        _where(uow, fact),
        _why_held(),
    )


def given(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """To who is represented: that somebody applies for them, and how that ends."""
    return worded(
        gettext("Общината прие Ваше пълномощно %(number)s", number=fact["number"]),
        gettext("Пълномощникът Ви вече може да подава заявления от Ваше име."),
        gettext("Ако не сте го давали или го оттегляте, обадете се веднага в общината."),
        _where_given(uow, fact),
        _why_given(),
    )


def news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """To who represents: that something is to be read about it. Not what."""
    return worded(
        gettext("Новина по пълномощно %(number)s", number=fact["number"]),
        gettext("Служител провери пълномощното и Ви отговори."),
        _where(uow, fact),
        _why_held(),
    )


def over(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """To either: that nobody applies under it any more."""
    return worded(
        gettext("Пълномощно %(number)s вече не важи", number=fact["number"]),
        gettext("По него вече не се подават заявления. Подадените продължават."),
        gettext("Пишем Ви, защото сте един от двамата в него."),
    )


def applied(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """To who is represented: that an application was sent in their name."""
    return worded(
        gettext("Подадено е заявление %(number)s от Ваше име", number=fact["number"]),
        gettext("Подаде го пълномощникът Ви. Документът се издава на Ваше име."),
        gettext("Ако не сте го искали, обадете се в общината."),
        _why_given(),
    )


def _reach(power: PowerOfAttorney) -> Collection[UUID | Address]:
    if power.represented_id:
        return [power.represented_id]
    said = power.read()
    email = said.get("email", "")
    return [Address(None, said["applicant_name"], email, SOURCE, "")] if email else []


def _where(uow: UnitOfWork, fact: Fact) -> str:
    address = f"{uow.scope.address}/eservices/powers/{fact['subject_id']}"
    return str(gettext("Вижте го тук: %(address)s", address=address))


def _where_given(uow: UnitOfWork, fact: Fact) -> str:
    """Only an account opens its page."""
    has_account = power_of(uow, UUID(fact["subject_id"])).represented_id
    return _where(uow, fact) if has_account else ""


def _why_held() -> str:
    return str(gettext("Пишем Ви, защото сте пълномощник по него."))


def _why_given() -> str:
    return str(gettext("Пишем Ви, защото пълномощното е дадено от Вас."))
