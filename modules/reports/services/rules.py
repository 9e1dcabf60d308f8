"""Rules of a municipality for reports: what it takes, from whom, how soon, with which answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from flask_babel import LazyString, lazy_gettext

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


def days_of_kinds(uow: UnitOfWork) -> Mapping[str, int]:
    """In how many days each kind of `kinds_here` that is taken is answered. Two queries."""
    settings = settings_of(uow, "reports", ReportsSettings)
    days = {word: int(getattr(settings, word)) for word in KINDS}
    days |= {str(row.id): row.days for row in own_kinds(uow) if not row.retired_at}
    return {word: number for word, number in days.items() if number}


def kinds_with_account(uow: UnitOfWork) -> Collection[str]:
    """Kinds that the portal takes only from who is signed in. Two queries at most."""
    own = {str(row.id) for row in own_kinds(uow) if row.needs_account}
    return own | set(settings_of(uow, "reports", ReportsSettings).with_account)


def ready_answers(uow: UnitOfWork) -> Sequence[str | LazyString]:
    """The municipality's own ready answers, a line each; without any those of the house."""
    return ready_texts_of(uow, "reports", ReportsSettings, READY)
