"""Disputes of an outcome: the sender's by words, anybody's by a photograph; it is open again.

One person disputes one report once, however they come: pseudonyms of `platform.support` tell them
apart, by account, else by the token of their browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select

from obshto.modules.reports.errors import (
    ChallengedBefore,
    DisputedBefore,
    ReportNotFromHere,
    StaleReport,
)
from obshto.modules.reports.models import Report, ReportLine
from obshto.modules.reports.services.outside import put_outside
from obshto.modules.reports.services.photos import attach_photos, keep_photos
from obshto.modules.reports.services.states import (
    CHALLENGE,
    DISPUTE,
    DONE,
    FIXED,
    OPEN,
    STATES,
    move,
    note,
)
from obshto.platform.entity import expect_version
from obshto.platform.support.services import Supporter, give_support
from obshto.platform.unit_of_work import UnitOfWork

PART = "reports"
SEASON = timedelta(days=60)  # after an end within which anybody may say that it is not one


def dispute_report(
    uow: UnitOfWork,
    report: Report,
    words: str,
    photos: Sequence[BinaryIO] = (),
    *,
    expected_version: int,
) -> None:
    """The sender's no, once, with words and photographs, where there are any.

    Raises StaleReport, DisputedBefore, ReportNotFromHere, FileRefused, TooManyPhotos.
    """
    if report.disputed_at:
        if report.state in OPEN and report.version > expected_version:
            return
        raise DisputedBefore
    expect_version(report, expected_version, StaleReport)
    _add_photos(uow, report, photos)
    move(uow, report, DISPUTE, words=words)
    report.disputed_at, report.ended_at, report.fixed_at = uow.now, None, None
    put_outside(uow, report, None)


def may_challenge(report: Report, now: datetime) -> bool:
    """Whether anybody may still show that its outcome is none."""
    if report.state == FIXED:
        return True
    return report.state in DONE and bool(report.ended_at and now - report.ended_at <= SEASON)


def challenge_report(
    uow: UnitOfWork,
    report: Report,
    words: str,
    photos: Sequence[BinaryIO],
    *,
    by: Supporter,
    request_id: UUID,
) -> None:
    """Anybody's no, with a photograph: it is open again, and staff look. Once for each person.

    Where somebody else was quicker the words and the photograph join theirs. `report` is locked.
    Raises ChallengedBefore, ReportNotFromHere, FileRefused, TooManyPhotos.
    """
    if uow.session.scalar(select(ReportLine.id).where(ReportLine.request_id == request_id)):
        return
    if _is_known_already(uow, report, by, request_id):
        raise ChallengedBefore
    if report.state not in OPEN and not may_challenge(report, uow.now):
        raise ReportNotFromHere(state=STATES[report.state])
    _add_photos(uow, report, photos)
    if report.state in OPEN:
        name = CHALLENGE.name
        note(uow, report, name, words=words, by_staff=False, request_id=request_id)
        return
    move(uow, report, CHALLENGE, words=words, request_id=request_id)
    report.ended_at = report.fixed_at = None
    put_outside(uow, report, None)


def _is_known_already(uow: UnitOfWork, report: Report, by: Supporter, request_id: UUID) -> bool:
    """Lines of accounts from before the pseudonyms count, and so does the sender's own dispute."""
    if by.person_id and by.person_id == report.person_id and report.disputed_at:
        return True
    own = (ReportLine.case_id == report.id, ReportLine.name == CHALLENGE.name)
    rows = select(ReportLine.id).where(*own, ReportLine.by_id == by.person_id).limit(1)
    if by.person_id and uow.session.scalar(rows):
        return True
    return not give_support(uow, PART, report.id, by, request_id=request_id).is_new


def _add_photos(uow: UnitOfWork, report: Report, photos: Sequence[BinaryIO]) -> None:
    """Nobody but staff sees any of the sender's kind until they have looked at the new ones."""
    attach_photos(uow, report, kept := keep_photos(uow, photos))
    if kept:
        report.shows_photos = False
