"""Letters to who applied: received, news, decided, refused; no personal datum in any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.case_queries import case_of, document_of
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.platform.modularity.letters import worded
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, short_day


def acknowledged(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That an application arrived: its number, by when it is answered, what next, how to follow."""
    case = case_of(uow, UUID(fact["subject_id"]))
    fee = fee_of(uow, case)
    subject = gettext("Получихме заявление %(number)s", number=fact["number"])
    lines = (
        gettext("Получихме Вашето заявление. Входящият му номер е %(number)s.", number=case.number),
        gettext("До %(day)s ще отговорим.", day=day(case.due_on)) if case.due_on else "",
        gettext("Следва служител да го прегледа. Ако е нужно още нещо от Вас, ще Ви пишем."),
        gettext("По заявлението има такса за плащане.") if fee and fee.is_open else "",
        _own_words(case, "sent"),
        where_to_look(uow, fact),
        why_written(uow, fact),
    )
    return worded(subject, *lines)


def acknowledged_shortly(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """The same as an SMS, which nobody has confirmed to be theirs: no code, no service."""
    case = case_of(uow, UUID(fact["subject_id"]))
    said = gettext("заявление %(number)s е прието", number=case.number)
    if case.due_on:
        until = short_day(case.due_on)
        said = gettext("%(said)s, отговор до %(day)s", said=said, day=until)
    return said, gettext(" Следете го с кода си: %(address)s", address=_by_code(uow))


def news(uow: UnitOfWork, fact: Mapping[str, Any], word: str = "") -> tuple[str, str]:
    """That there is something new about an application, and where. Not what."""
    subject = gettext("Новина по заявление %(number)s", number=fact["number"])
    lines = (
        gettext("Има новина по заявление %(number)s.", number=fact["number"]),
        _own_words(case_of(uow, UUID(fact["subject_id"])), word) if word else "",
        where_to_look(uow, fact),
    )
    return worded(subject, *lines, why_written(uow, fact))


def decided(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """The same of a decision, with what the service says of it."""
    return news(uow, fact, "issued")


def corrected(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That another document has the place of the one with a mistake. Not what it says."""
    subject = gettext("Нов документ по заявление %(number)s", number=fact["number"])
    lines = (
        gettext(
            "В документ № %(replaced)s имаше грешка. Общината издаде нов: № %(issued)s.",
            replaced=fact["replaced"],
            issued=fact["issued"],
        ),
        gettext("Старият вече не важи. За новия не плащате нищо."),
        where_to_look(uow, fact),
        why_written(uow, fact),
    )
    return worded(subject, *lines)


def refused(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """The same of a refusal."""
    return news(uow, fact, "refused")


def expires(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That a document ends, when, and how it is asked for again. Not what it says."""
    case = case_of(uow, UUID(fact["subject_id"]))
    document = document_of(uow, case)
    ends = day(document.valid_until) if document and document.valid_until else ""
    subject = gettext("Срокът на Ваш документ изтича на %(day)s", day=ends)
    lines = (
        gettext(
            "Документът, издаден по заявление %(number)s, важи до %(day)s.",
            number=case.number,
            day=ends,
        ),
        gettext(
            "Ако Ви е нужен и след това, поискайте нов навреме. Пренасяме отговорите от"
            " предишното заявление."
        ),
        where_to_look(uow, fact),
        why_written(uow, fact),
    )
    return worded(subject, *lines)


def where_to_look(uow: UnitOfWork, fact: Mapping[str, Any]) -> str:
    """Where the application is looked at: signed in, or with its code."""
    if case_of(uow, UUID(fact["subject_id"])).person_id:
        address = f"{uow.scope.address}/eservices/cases/{fact['subject_id']}"
        return str(gettext("Вижте го тук: %(address)s", address=address))
    return str(gettext("Вижте го с кода си тук: %(address)s", address=_by_code(uow)))


def why_written(uow: UnitOfWork, fact: Mapping[str, Any]) -> str:
    """Why the reader gets the letter."""
    if case_of(uow, UUID(fact["subject_id"])).person_id:
        return str(gettext("Пишем Ви, защото подадохте това заявление през портала на общината."))
    return str(gettext("Пишем Ви, защото този имейл е посочен за връзка в заявлението."))


def _by_code(uow: UnitOfWork) -> str:
    return f"{uow.scope.address}/eservices/resume"


def _own_words(case: Case, word: str) -> str:
    """What the designer of the service added to this letter: the same for everybody."""
    return definition_behind(case).letters.get(word, "")
