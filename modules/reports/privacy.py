"""Personal data of reports: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.queries import challenges_by, lines_of, looks_at, reports_of
from obshto.modules.reports.services.retention import forget_person
from obshto.modules.reports.services.teams import names_of_teams
from obshto.platform.documents.services import documents_of
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's reports, what happened to them, who looked at the sender; own teams."""
    reports = uow.session.scalars(reports_of(person_id)).all()
    lines = [
        {"number": report.number, "at": line.at.isoformat(), "what": line.name, "words": line.words}
        for report in reports
        for line in lines_of(uow, report)
        if not line.is_internal
    ]
    lines += [
        {"number": number, "at": line.at.isoformat(), "what": line.name, "words": line.words}
        for number, line in challenges_by(uow, person_id)
    ]
    looks = [
        {
            "number": report.number,
            "at": look.at.isoformat(),
            "by": look.by_name,
            "why": look.purpose,
        }
        for report in reports
        for look in looks_at(uow, report)
    ]
    teams = [{"team": name} for name in names_of_teams(uow, person_id)]
    own = [_told(report) for report in reports]
    papers = uow.session.scalars(documents_of("reports", [report.id for report in reports]))
    decisions = [
        {"number": paper.number, "code": paper.code, "issued_at": paper.issued_at.isoformat()}
        for paper in papers
    ]
    more = {"decisions": decisions, "teams": teams}
    return {"reports": own, "history": lines, "looks": looks, **more}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The thing told stays, nobody stands beside it."""
    forget_person(uow, person_id)


def _told(report: Report) -> dict[str, Any]:
    """What the person said, and how to reach them."""
    return {
        "number": report.number,
        "kind": report.kind,
        "settlement": report.settlement,
        "sent_at": report.sent_at.isoformat(),
        "state": report.state,
        "name": report.applicant,
        "email": report.email,
        "phone": report.phone,
        "email_confirmed_at": str(report.email_confirmed_at or ""),
        "phone_confirmed_at": str(report.phone_confirmed_at or ""),
        "place": report.place,
        "latitude": report.latitude,
        "longitude": report.longitude,
        "words": report.words,
        "may_be_passed": report.may_be_passed,
        "neighbour": report.neighbour,
        "neighbour_number": report.neighbour_number,
        "neighbour_code": report.neighbour_code,
    }
