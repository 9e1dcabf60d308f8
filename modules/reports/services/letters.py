"""News to an address or a phone that somebody typed: more once its owner says yes.

A letter asks the reader of an address; to a phone goes a code when its owner, before the report's
own page, asks for one (`notify.sms.short_codes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext

from obshto.modules.reports.errors import CodesOfToday, GuessesOfNow, NoSuchReport
from obshto.modules.reports.events import ReportPhoneAsked
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.queries import report_of
from obshto.modules.reports.services.states import STOPPED, note
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.sms.phones import is_mobile, read_phone
from obshto.platform.notify.sms.short_codes import (
    check_code,
    may_be_sent,
    may_guess,
    send_code,
    sends_sms,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

PURPOSE = "reports_report.letters"
CODE = "reports_report.phone_code"


@dataclass(frozen=True, slots=True)
class LettersLink:
    """A link of a letter, opened: the report, and whether its address is still that one."""

    report: Report
    email: str

    @property
    def is_known(self) -> bool:
        return bool(self.email) and self.report.email == self.email

    @property
    def is_confirmed(self) -> bool:
        return self.is_known and self.report.email_confirmed_at is not None


def waits_for_yes(report: Report) -> bool:
    """Whether nobody has said yet that the address typed is theirs."""
    return bool(report.email and not report.person_id and not report.email_confirmed_at)


def confirmed_email(report: Report) -> str:
    """The address to which news go; none while its reader has not asked for them."""
    return "" if waits_for_yes(report) else report.email or ""


def confirmed_phone(report: Report) -> str:
    """The number („+359…“) to which news go as SMS; none while its owner has not said yes."""
    return read_phone(report.phone or "") or "" if report.phone_confirmed_at else ""


def phone_to_confirm(uow: UnitOfWork, report: Report) -> str:
    """The mobile number that a code can go to; none where no SMS would follow it."""
    number = read_phone(report.phone or "") or ""
    waits = not report.person_id and not report.phone_confirmed_at and is_mobile(number)
    return number if waits and sends_sms(uow) else ""


def ask_phone(uow: UnitOfWork, report: Report, *, once: UUID) -> None:
    """Send the code to the phone left, once for each form. Raises CodesOfToday, NoSmsToday."""
    number = phone_to_confirm(uow, report)
    if not number:
        return
    if not may_be_sent(number):
        raise CodesOfToday
    name = uow.scope.title

    def words(code: str) -> str:
        said = gettext(
            "%(name)s: код %(code)s за вести по сигнал %(number)s. Не го казвайте на никого.",
            name=name,
            code=code,
            number=report.number,
        )
        return str(said)

    send_code(
        *(uow, CODE, report.id, number),
        fact=ReportPhoneAsked.name,
        language=report.language,
        words=words,
        once=once,
    )


def confirm_phone(uow: UnitOfWork, report: Report, code: str) -> None:
    """The owner of the phone wants news of the report. Raises GuessesOfNow, WrongCode."""
    number = phone_to_confirm(uow, report)
    if not number:
        return
    if not may_guess(number):
        raise GuessesOfNow
    check_code(CODE, report.id, number, code)
    report.phone_confirmed_at = uow.now


def letters_page(uow: UnitOfWork, report: Report) -> str:
    """Address of the page where the reader of the report's address says yes or no."""
    assert report.email
    token = make_token(PURPOSE, {"id": str(report.id), "email": report.email}, at=uow.now)
    prefix = "" if report.language == SOURCE else f"/{report.language}"
    return f"{uow.scope.address}{prefix}/reports/by-email/{token}"


def opened_letter(uow: UnitOfWork, token: str, *, to_change: bool = False) -> LettersLink:
    """Raises NoSuchLink."""
    values, _at = read_token(PURPOSE, token)
    try:
        report = report_of(uow, UUID(values["id"]), to_change=to_change)
        return LettersLink(report, values["email"])
    except (KeyError, ValueError, NoSuchReport):
        raise NoSuchLink from None


def confirm_letters(link: LettersLink, *, now: datetime) -> None:
    """The reader of the address wants news of the report. Twice is once."""
    if not link.is_known:
        raise NoSuchLink
    link.report.email_confirmed_at = link.report.email_confirmed_at or now


def stop_letters(uow: UnitOfWork, link: LettersLink) -> None:
    """The reader of the address wants none: it is forgotten, the history says so. Twice is once."""
    if link.is_known:
        link.report.email = link.report.email_confirmed_at = None
        note(uow, link.report, STOPPED, by_staff=False)
