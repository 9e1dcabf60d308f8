"""Rules of a municipality for reports: what it takes, from whom, how soon, with which answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from flask_babel import LazyString, lazy_gettext

from obshto.modules.reports.models import OwnReportKind
from obshto.modules.reports.services.field import ANSWER
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.own_kinds import own_kinds
from obshto.modules.reports.settings import ReportsSettings
from obshto.platform.settings.ready_texts import ready_texts_of
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

READY: Sequence[LazyString] = (
    ANSWER,
    lazy_gettext("Проверихме на място и не намерихме нередност."),
    lazy_gettext("Включено е в програмата за следващия месец."),
    lazy_gettext("Не е на общината. Обърнете се към ВиК – Видин."),
    lazy_gettext("Не е на общината. Обърнете се към електроразпределителното дружество."),
)


def days_and_accounts(
    uow: UnitOfWork, own: Sequence[OwnReportKind]
) -> tuple[Mapping[str, int], Collection[str]]:
    """In how many days each kind that is taken is answered; which want an account. One query."""
    settings = settings_of(uow, "reports", ReportsSettings)
    days = {word: int(getattr(settings, word)) for word in KINDS}
    days |= {str(row.id): row.days for row in own if not row.retired_at}
    with_account = {str(row.id) for row in own if row.needs_account} | set(settings.with_account)
    return {word: number for word, number in days.items() if number}, with_account


def days_of_kinds(uow: UnitOfWork) -> Mapping[str, int]:
    """In how many days each kind of `kinds_here` that is taken is answered. Two queries."""
    return days_and_accounts(uow, own_kinds(uow))[0]


def kinds_with_account(uow: UnitOfWork) -> Collection[str]:
    """Kinds that the portal takes only from who is signed in. Two queries."""
    return days_and_accounts(uow, own_kinds(uow))[1]


def ready_answers(uow: UnitOfWork) -> Sequence[str | LazyString]:
    """The municipality's own ready answers, a line each; without any those of the house."""
    return ready_texts_of(uow, "reports", ReportsSettings, READY)
