"""Reports passed to a neighbour municipality: with their sender's consent, each arrives once.

A job opens the neighbour's schema as the house itself and sends the report there as its own. What
goes is what was told and how to reach its sender; no history, no looks, no words of staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from sqlalchemy import select

from obshto.modules.reports.errors import NotTaken
from obshto.modules.reports.models import Report, ReportLine
from obshto.modules.reports.services.codes import code_of
from obshto.modules.reports.services.outside import neighbours_with_reports
from obshto.modules.reports.services.photos import photos_of
from obshto.modules.reports.services.queries import report_of
from obshto.modules.reports.services.states import note
from obshto.modules.reports.services.submission import NEIGHBOUR, ReportWords, send_report
from obshto.platform.clock import day_of
from obshto.platform.storage.services import file_of, pieces_of
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.tenants.api import find_municipality, settlement_at, settlements_here

REASON = "reports:pass-to-neighbour"
FROM, REFUSED = "from-neighbour", "neighbour-refused"  # lines for staff
UNSORTED = "other"


def pass_to_neighbour(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """Reaction: the report is the neighbour's, too. Twice is once; no consent, nothing leaves.

    Where the neighbour takes no such report, whoever passed it on is told to ask today.
    """
    report = report_of(uow, UUID(payload["subject_id"]), to_change=True)
    there = find_municipality(report.neighbour)
    if report.neighbour not in neighbours_with_reports(uow) or there is None:
        return
    if not report.may_be_passed:
        return
    photos = _photos(uow, report)
    with open_uow(there.scope(), Principal.system(REASON)) as theirs:
        arrived = _arrive(theirs, report, photos, origin=_origin(uow, report))
        number = arrived.number if arrived else ""
        code = code_of(arrived.request_id) if arrived else None
    report.neighbour_number, report.neighbour_code = number, code
    if not number:
        report.remind_on = day_of(uow.now)
        note(uow, report, REFUSED, is_internal=True)


def _arrive(
    theirs: UnitOfWork, report: Report, photos: list[BinaryIO], *, origin: str
) -> Report | None:
    """None where the municipality takes neither this kind nor what is told with words alone."""
    request_id = uuid5(report.id, theirs.scope.slug)
    for kind in (report.kind, UNSORTED):
        try:
            told = _told(theirs, report, kind)
            arrived = send_report(theirs, told, request_id=request_id, photos=photos)
        except NotTaken:
            continue
        theirs.session.flush()
        once = uuid5(request_id, FROM)
        if not theirs.session.scalar(select(ReportLine.id).where(ReportLine.request_id == once)):
            arrived.person_id = report.person_id
            arrived.email_confirmed_at = report.email_confirmed_at
            arrived.phone_confirmed_at = report.phone_confirmed_at
            arrived.entered_by = ""
            note(theirs, arrived, FROM, words=origin, is_internal=True, request_id=once)
        return arrived
    return None


def _told(theirs: UnitOfWork, report: Report, kind: str) -> ReportWords:
    latitude, longitude = report.latitude, report.longitude
    point = None if latitude is None or longitude is None else (latitude, longitude)
    village = settlement_at(point) if point else None
    return ReportWords(
        kind=kind,
        settlement=village if village and village in settlements_here(theirs) else "",
        words=report.words or "",
        place=report.place or "",
        point=point,
        name=report.applicant,
        email=report.email or "",
        phone=report.phone or "",
        language=report.language,
        is_signal=report.is_signal,
        channel=NEIGHBOUR,
    )


def _photos(uow: UnitOfWork, report: Report) -> list[BinaryIO]:
    shown = [photo for photo in photos_of(uow, report) if not photo.is_after]
    return [BytesIO(b"".join(pieces_of(uow, file_of(uow, one.file_id)))) for one in shown]


def _origin(uow: UnitOfWork, report: Report) -> str:
    here = find_municipality(uow.scope.slug)
    return f"{here.title() if here else uow.scope.slug}, {report.number}"
