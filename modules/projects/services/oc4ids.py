"""Projects as OC4IDS 0.9 tells of infrastructure: a package of all that is public.

https://standard.open-contracting.org/infrastructure/ – checked in tests against its schema. What
the standard asks and nobody here knows (the type of works, an ocid) is left out, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.projects.models import (
    Attachment,
    FundingShare,
    Programme,
    Project,
    ProjectPayment,
    Stage,
)
from obshto.modules.projects.services.queries import LIGHT, public, stages_of, states_of
from obshto.modules.projects.services.vocabulary import ProjectState, ProjectSubject
from obshto.platform.clock import SOFIA
from obshto.platform.db.batches import batches_of
from obshto.platform.unit_of_work import UnitOfWork

VERSION = "0.9"
STATUSES: Mapping[ProjectState, str] = {
    ProjectState.PLANNED: "preparation",
    ProjectState.UNDER_WAY: "implementation",
    ProjectState.LATE: "implementation",
    ProjectState.DONE: "completion",
    ProjectState.STOPPED: "cancelled",
}
SECTORS: Mapping[str, Sequence[str]] = {
    ProjectSubject.ROADS: ("transport", "transport.road"),
    ProjectSubject.WATER: ("waterAndWaste",),
    ProjectSubject.WASTE: ("waterAndWaste",),
    ProjectSubject.SCHOOLS: ("education",),
    ProjectSubject.HEALTH: ("health",),
    ProjectSubject.CULTURE: ("cultureSportsAndRecreation",),
    ProjectSubject.PARKS: ("cultureSportsAndRecreation",),
    ProjectSubject.ENERGY: ("energy",),
}


def package_of(uow: UnitOfWork, *, uri: str) -> dict[str, Any] | None:
    """The whole package, or None where nothing is public. Five queries for each batch."""
    told: list[dict[str, Any]] = []
    changes: list[datetime] = []
    for projects in batches_of(uow.session, public(uow).options(*LIGHT)):
        teller = _Teller(uow, projects)
        told += [teller.tell(project) for project in projects]
        changes.append(max(project.changed_at for project in projects))
    if not told:
        return None
    return {
        "uri": uri,
        "publishedDate": _moment(max(changes)),
        "version": VERSION,
        "publisher": {"name": uow.scope.title, "uri": uow.scope.address},
        "projects": told,
    }


class _Teller:
    """Reads what belongs to all of a batch at once, then tells one by one."""

    def __init__(self, uow: UnitOfWork, projects: Sequence[Project]) -> None:
        ids = [project.id for project in projects]
        self.authority = {"id": uow.scope.slug, "name": uow.scope.title}
        self.home = uow.scope.address
        self.states, self.stages = states_of(uow, projects), stages_of(uow, ids)
        shares = select(FundingShare.project_id, FundingShare, Programme)
        shares = shares.join(Programme, Programme.id == FundingShare.programme_id)
        shares = shares.where(FundingShare.project_id.in_(ids)).order_by(Programme.name_key)
        self.shares = _by_project(uow.session.execute(shares))
        payments = select(ProjectPayment.project_id, ProjectPayment)
        payments = payments.where(ProjectPayment.project_id.in_(ids))
        in_order = payments.order_by(ProjectPayment.paid_on, ProjectPayment.id)
        self.payments = _by_project(uow.session.execute(in_order))
        files = select(Attachment.text_id, Attachment).where(Attachment.text_id.in_(ids))
        documents = files.where(Attachment.is_picture.is_(False)).order_by(Attachment.id)
        self.files = _by_project(uow.session.execute(documents))

    def tell(self, project: Project) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": f"{self.authority['id']}-{project.id}",
            "updated": _moment(project.changed_at),
            "language": "bg",
            "title": project.title,
            "description": project.summary or None,
            "status": STATUSES[self.states[project.id]],
            "sector": list(SECTORS.get(project.subject, ())),
            "identifiers": [{"id": project.number}] if project.number else None,
            "publicAuthority": self.authority,
            "parties": self._parties(project),
            "period": _period(project.starts_on, project.ended_on or project.ends_on),
            "budget": self._budget(project),
            "locations": _locations(project),
            "milestones": [_milestone(stage) for stage in self.stages.get(project.id, ())],
            "contractingProcesses": _contracts(project),
            "transactions": [_transaction(*row) for row in self.payments.get(project.id, ())],
            "documents": [self._document(*row) for row in self.files.get(project.id, ())],
        }
        return {name: value for name, value in told.items() if value}

    def _parties(self, project: Project) -> list[dict[str, Any]]:
        parties = [{**self.authority, "roles": ["publicAuthority"]}]
        if project.contractor:
            parties.append({**_supplier(project), "roles": ["supplier"]})
        for _, programme in self.shares.get(project.id, ()):
            if programme.source != "own":
                parties.append(_funder(programme) | {"roles": ["funder"]})
        return parties

    def _budget(self, project: Project) -> dict[str, Any] | None:
        if project.total_cents is None:
            return None
        finance = [
            {
                "id": str(programme.id),
                "title": programme.name,
                "value": _value(share.given, share.currency),
                "financingParty": (
                    self.authority if programme.source == "own" else _funder(programme)
                ),
            }
            for share, programme in self.shares.get(project.id, ())
        ]
        budget = {
            "amount": _value(project.total_given, project.total_currency),
            "description": project.sum_note,
            "finance": finance,
        }
        return {name: value for name, value in budget.items() if value}

    def _document(self, file: Attachment) -> dict[str, Any]:
        return {
            "id": str(file.id),
            "title": file.title,
            "url": f"{self.home}{file.path}",
            "datePublished": _moment(file.added_at),
        }


def _by_project(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for key, *row in rows:
        found.setdefault(key, []).append(row)
    return found


def _locations(project: Project) -> list[dict[str, Any]] | None:
    if project.latitude is None and not (project.address or project.ekatte):
        return None
    told: dict[str, Any] = {"id": "1"}
    if project.address:
        told["address"] = {"streetAddress": project.address, "countryName": "BG"}
    if project.ekatte:
        told["gazetteer"] = {"scheme": "EKATTE", "identifiers": [project.ekatte]}
    if project.latitude is not None:
        point = [project.longitude, project.latitude]
        told["geometry"] = {"type": "Point", "coordinates": point}
    return [told]


def _milestone(stage: Stage) -> dict[str, Any]:
    told = {
        "id": str(stage.id),
        "title": stage.title,
        "dueDate": _day(stage.due_on),
        "status": "met" if stage.reached_on else "scheduled",
        "dateModified": _moment(stage.heard_at),
    }
    return told | ({"dateMet": _day(stage.reached_on)} if stage.reached_on else {})


def _contracts(project: Project) -> list[dict[str, Any]] | None:
    if not project.contractor:
        return None
    summary: dict[str, Any] = {
        "externalReference": project.contract_number,
        "suppliers": [_supplier(project)],
        "contractPeriod": _period(project.contract_on, None),
    }
    if project.contract_given is not None:
        summary["contractValue"] = _value(project.contract_given, project.contract_currency)
    if project.contract_ocid:
        summary["ocid"] = project.contract_ocid
    told = {name: value for name, value in summary.items() if value}
    process = project.contract_ocid or project.contract_number or "1"
    return [{"id": process, "summary": told}]


def _supplier(project: Project) -> dict[str, str]:
    return {"id": "supplier", "name": project.contractor}


def _funder(programme: Programme) -> dict[str, Any]:
    return {"id": str(programme.id), "name": programme.name}


def _transaction(payment: ProjectPayment) -> dict[str, Any]:
    return {
        "id": str(payment.id),
        "date": _day(payment.paid_on),
        "value": _value(payment.given, payment.currency),
    }


def _value(given: int | None, currency: str) -> dict[str, Any]:
    return {"amount": (given or 0) / 100, "currency": currency}


def _period(start: date | None, end: date | None) -> dict[str, str] | None:
    told = {"startDate": _day(start) if start else "", "endDate": _day(end) if end else ""}
    return {name: day for name, day in told.items() if day} or None


def _day(day: date) -> str:
    return datetime.combine(day, time(), SOFIA).isoformat()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
