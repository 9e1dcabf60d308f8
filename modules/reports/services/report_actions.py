"""Acts upon a report. Each asks first whether it is so already: then it was the same form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from obshto.modules.reports.errors import (
    BodyNeeded,
    PhotoNeeded,
    ReportNotFromHere,
    StaleReport,
)
from obshto.modules.reports.events import (
    ReportAssigned,
    ReportHidden,
    ReportPhotoCovered,
    ReportSorted,
)
from obshto.modules.reports.models import Report, ReportLine
from obshto.modules.reports.services.checks import expect_mine
from obshto.modules.reports.services.duplicates import tell_doubles
from obshto.modules.reports.services.inspection import cross, is_violation
from obshto.modules.reports.services.outside import OutsideBody, put_outside
from obshto.modules.reports.services.photos import (
    attach_photos,
    keep_photos,
    photo_among,
    photos_of,
    replace_covered,
)
from obshto.modules.reports.services.signal_decisions import decide_in_writing
from obshto.modules.reports.services.states import (
    ANSWER,
    ASK,
    CONFIRM,
    FIX,
    IN_WORK,
    MERGED,
    OPEN,
    PASS_ON,
    PROVEN_BY_PHOTO,
    STATES,
    TAKE,
    ReportTransition,
    move,
    note,
    record,
)
from obshto.platform.entity import expect_version
from obshto.platform.storage.pictures import Area
from obshto.platform.unit_of_work import UnitOfWork

MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """What staff say of a report: its kind and term, what everybody reads and sees of it."""

    kind: str
    own_kind_id: UUID | None = None
    due_on: date | None
    public_words: str
    is_verified: bool
    shows_photos: bool


def take_report(uow: UnitOfWork, report: Report, *, expected_version: int) -> None:
    """It is mine from now on; from a colleague too. Raises StaleReport, ReportNotFromHere."""
    me = uow.principal
    if report.assignee_id == me.person_id and report.state in (IN_WORK, ASK.to):
        return
    expect_version(report, expected_version, StaleReport)
    if report.state not in OPEN:
        raise ReportNotFromHere(state=STATES[report.state])
    report.assignee_id, report.assignee = me.person_id, me.name
    if report.state in TAKE.sources:
        move(uow, report, TAKE)
    else:
        note(uow, report, TAKE.name, is_internal=True)


def assign_report(
    uow: UnitOfWork, report: Report, *, to: UUID, name: str, expected_version: int
) -> None:
    """A colleague works on it from now on. Raises StaleReport, ReportNotFromHere."""
    if report.assignee_id == to:
        return
    expect_version(report, expected_version, StaleReport)
    if report.state not in OPEN:
        raise ReportNotFromHere(state=STATES[report.state])
    report.assignee_id, report.assignee = to, name
    if report.state in TAKE.sources:
        move(uow, report, TAKE)
    note(uow, report, "assigned", words=name, is_internal=True)
    record(uow, report, ReportAssigned)


def sort_report(
    uow: UnitOfWork, report: Report, sorting: Sorting, *, expected_version: int
) -> None:
    """Set kind, term, publicity. Raises StaleReport, ReportNotYours."""
    wanted = {name: getattr(sorting, name) for name in Sorting.__slots__}
    if report.is_signal:
        wanted["due_on"] = report.due_on  # the law's, not the municipality's
    if all(getattr(report, name) == value for name, value in wanted.items()):
        return
    expect_mine(uow, report, expected_version)
    was_violation = is_violation(report)
    for name, value in wanted.items():
        setattr(report, name, value)
    report.wants_cover = report.wants_cover and not report.shows_photos
    note(uow, report, "sorted", is_internal=True)
    record(uow, report, ReportSorted)
    if is_violation(report) != was_violation:
        cross(uow, report)


def ask_reporter(uow: UnitOfWork, report: Report, words: str, *, expected_version: int) -> None:
    """Ask for more. Raises StaleReport, ReportNotYours, ReportNotFromHere."""
    if report.state == ASK.to:
        return
    expect_mine(uow, report, expected_version)
    move(uow, report, ASK, words=words)


def answer_question(uow: UnitOfWork, report: Report, words: str, *, expected_version: int) -> None:
    """The sender says more. Raises StaleReport, ReportNotFromHere."""
    if report.state == IN_WORK and report.version > expected_version:
        return
    expect_version(report, expected_version, StaleReport)
    move(uow, report, ANSWER, words=words)


def close_report(
    uow: UnitOfWork,
    report: Report,
    way: ReportTransition,
    words: str,
    *,
    expected_version: int,
    photos: Sequence[BinaryIO] = (),
    outside: OutsideBody | None = None,
) -> None:
    """An outcome with its answer; what was mended, also in part, only with a photograph of it.

    A signal is decided in writing. What is not ours is `outside`, and followed there.

    Raises StaleReport, ReportNotYours, ReportNotFromHere, PhotoNeeded, BodyNeeded, FileRefused,
    CannotBePrinted, NoSuchNeighbour, PassingNotAllowed.
    """
    if report.state == way.to:
        return
    expect_mine(uow, report, expected_version)
    if way in PROVEN_BY_PHOTO and not photos:
        raise PhotoNeeded
    if way is PASS_ON and outside is None:
        raise BodyNeeded
    kept = keep_photos(uow, photos)
    if report.is_signal:
        decide_in_writing(uow, report, way, words)
    move(uow, report, way, words=words)
    attach_photos(uow, report, kept, is_after=True)
    report.ended_at = uow.now
    put_outside(uow, report, outside if way is PASS_ON else None)
    report.fixed_at = uow.now if way is FIX else None
    report.escalation, report.escalated_on = 0, None  # only an outcome leaves the overdue ones
    tell_doubles(uow, report, way.fact)


def confirm_fix(uow: UnitOfWork, report: Report, *, expected_version: int) -> None:
    """The sender's yes. Raises StaleReport, ReportNotFromHere."""
    if report.state == CONFIRM.to:
        return
    expect_version(report, expected_version, StaleReport)
    move(uow, report, CONFIRM)


def hide_report(uow: UnitOfWork, report: Report, why: str, *, expected_version: int) -> None:
    """The public sees it no more; the sender reads why. A double is nobody's: anyone may hide it.

    Raises StaleReport, ReportNotYours.
    """
    if report.hidden_at:
        return
    if report.state == MERGED:
        expect_version(report, expected_version, StaleReport)
    else:
        expect_mine(uow, report, expected_version)
    report.hidden_at, report.hidden_why = uow.now, why
    note(uow, report, "hidden", words=why)
    record(uow, report, ReportHidden)


def cover_photo(
    uow: UnitOfWork,
    report: Report,
    photo_id: UUID,
    areas: Sequence[Area],
    *,
    request_id: UUID,
    expected_version: int,
) -> None:
    """Faces and number plates under one colour, for everybody and for good.

    Raises NoSuchFile, StaleReport, ReportNotYours, FileRefused.
    """
    if uow.session.scalar(select(ReportLine.id).where(ReportLine.request_id == request_id)):
        return
    expect_mine(uow, report, expected_version)
    replace_covered(uow, photo_among(photos_of(uow, report), photo_id), areas)
    report.wants_cover = False
    flag_modified(report, "shows_photos")  # a version of the report: no late form covers again
    note(uow, report, "photo-covered", is_internal=True, request_id=request_id)
    record(uow, report, ReportPhotoCovered)
