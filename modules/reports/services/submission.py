"""Submission of a report: by the sender, or by staff for somebody at the counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import BinaryIO
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy.exc import IntegrityError

from obshto.modules.reports.errors import AccountNeeded, NameNeeded, NotTaken
from obshto.modules.reports.models import Report, ReportCounter
from obshto.modules.reports.services.codes import code_of, index_of
from obshto.modules.reports.services.kinds import KINDS, own_kind
from obshto.modules.reports.services.own_kinds import common_of
from obshto.modules.reports.services.photos import attach_photos, keep_photos
from obshto.modules.reports.services.rules import days_of_kinds, kinds_with_account
from obshto.modules.reports.services.states import RECEIVED, SEND, note, record
from obshto.platform.cases.channels import CHANNELS, PORTAL
from obshto.platform.cases.numbers import next_number
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.legal.terms import received_on, roll, term
from obshto.platform.unit_of_work import UnitOfWork

SIGNAL_RULE = "apk_signal"
NEIGHBOUR = "neighbour"
REPORT_CHANNELS: Mapping[str, LazyString] = {
    **CHANNELS,
    NEIGHBOUR: lazy_gettext("от съседна община"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """A report as typed. `kind` is one of `kinds_here`.

    `point` is latitude and longitude where somebody gave them.
    """

    kind: str
    settlement: str
    words: str
    place: str = ""
    point: tuple[float, float] | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "bg"
    is_signal: bool = False
    channel: str = PORTAL
    may_be_passed: bool = False
    wants_cover: bool = False


def send_report(
    uow: UnitOfWork, told: ReportWords, *, request_id: UUID, photos: Sequence[BinaryIO] = ()
) -> Report:
    """Take it up under the next number; the same `request_id` again finds the first.

    Raises NotTaken, AccountNeeded, NameNeeded, FileRefused, TooManyPhotos.
    """
    if first := of_request(uow, Report, request_id):
        return first
    days = days_of_kinds(uow).get(told.kind)
    if days is None:
        raise NotTaken
    if needs_account(uow, told.kind, told.channel):
        raise AccountNeeded
    report = _report(uow, told, request_id=request_id)
    if report.is_signal and not told.name:
        raise NameNeeded
    report.due_on = due_on(received_on(uow.now), days=days, is_signal=report.is_signal)
    try:
        with uow.session.begin_nested():
            kept = keep_photos(uow, photos)
            # The number last: its row is locked, and drawing a photograph takes seconds.
            report.year, report.sequence = next_number(uow, ReportCounter, "report")
            uow.session.add(report)
            uow.session.flush()
            attach_photos(uow, report, kept)
    except IntegrityError:  # a second click in the same instant
        if first := of_request(uow, Report, request_id):
            return first
        raise
    note(uow, report, SEND.name, by_staff=bool(report.entered_by))
    record(uow, report, SEND.fact)
    return report


def needs_account(uow: UnitOfWork, kind: str, channel: str = PORTAL) -> bool:
    """Whether whoever tells it has to sign in first; staff enter it for anybody."""
    return channel == PORTAL and not uow.principal.is_known and kind in kinds_with_account(uow)


def due_on(starts_on: date, *, days: int, is_signal: bool) -> date:
    """A signal by the law's two months (АПК чл. 121), else the municipality's own promise."""
    if is_signal:
        return term(SIGNAL_RULE, starts_on=starts_on).due_on
    return roll(starts_on + timedelta(days=days))


def _report(uow: UnitOfWork, told: ReportWords, *, request_id: UUID) -> Report:
    common, own = common_of(uow, told.kind)
    kind = own_kind(own) if own else KINDS[common]
    by_staff = told.channel != PORTAL
    latitude, longitude = told.point or (None, None)
    return Report(
        id=new_id(),
        request_id=request_id,
        person_id=None if by_staff else uow.principal.person_id,
        code_index=index_of(code_of(request_id)),
        channel=told.channel,
        entered_by_id=uow.principal.person_id if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        applicant=told.name,
        state=RECEIVED,
        sent_at=uow.now,
        assignee="",
        kind=common,
        own_kind=own,
        team_id=own.team_id if own else None,
        settlement=told.settlement,
        latitude=latitude,
        longitude=longitude,
        place=told.place,
        words=told.words,
        email=told.email or None,
        phone=told.phone or None,
        # Staff have the person before them or on the phone; anybody can type a stranger's address.
        email_confirmed_at=uow.now if by_staff and told.email else None,
        phone_confirmed_at=uow.now if by_staff and told.phone else None,
        language=told.language,
        is_signal=told.is_signal and kind.is_violation,
        may_be_passed=told.may_be_passed,
        wants_cover=told.wants_cover,
    )
