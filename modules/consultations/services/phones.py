"""An opinion confirmed by phone: a code comes by SMS, its reader types it beside the opinion."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.consultations.errors import NoCodeToday, NoSuchOpinion
from obshto.modules.consultations.events import OpinionAwaits
from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services.queries import written_opinion
from obshto.platform.cases.channels import PORTAL
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.errors import NoSmsToday
from obshto.platform.notify.sms.phones import read_number
from obshto.platform.notify.sms.short_codes import check_code, send_code, sends_sms
from obshto.platform.unit_of_work import UnitOfWork

CODE = "consultations_opinion.phone_code"
_PAGE = "consultations_opinion.phone_page"


def can_confirm_by_phone(uow: UnitOfWork, phone: str) -> bool:
    """A mobile number, where the municipality sends short messages."""
    return bool(read_number(phone)) and sends_sms(uow)


def phone_of(opinion: Opinion) -> str:
    """The number that confirmed it or may; empty where an e-mail address or staff did."""
    by_phone = opinion.channel == PORTAL and not opinion.person_id and not opinion.email
    return (read_number(opinion.phone or "") or "") if by_phone else ""


def send_opinion_code(uow: UnitOfWork, opinion: Opinion) -> None:
    """By SMS, the same one again. Raises NoCodeToday."""
    name = uow.scope.title

    def words(code: str) -> str:
        return str(
            gettext(
                "Код %(code)s за становището Ви, %(name)s. Не го казвайте на никого.",
                code=code,
                name=name,
            )
        )

    fact, number = OpinionAwaits.name, phone_of(opinion)
    try:
        send_code(uow, CODE, opinion.id, number, fact=fact, language=opinion.language, words=words)
    except NoSmsToday:
        raise NoCodeToday from None


def check_opinion_code(opinion: Opinion, typed: str) -> None:
    """Raises WrongCode."""
    check_code(CODE, opinion.id, phone_of(opinion), typed)


def token_of_page(uow: UnitOfWork, opinion: Opinion) -> str:
    """Of the page on which the code is typed: whoever knows it alone confirms nothing."""
    return make_token(_PAGE, {"id": str(opinion.id)}, at=uow.now)


def opinion_of_page(uow: UnitOfWork, token: str) -> Opinion:
    """Raises NoSuchLink, NoSuchOpinion."""
    values, _ = read_token(_PAGE, token)
    try:
        found = written_opinion(uow, UUID(values["id"]))
    except (KeyError, ValueError):
        raise NoSuchLink from None
    if not phone_of(found):
        raise NoSuchOpinion
    return found
