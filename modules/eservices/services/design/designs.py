"""Stored designs: begun, changed by one designer at a time, published, withdrawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from obshto.modules.eservices.errors import (
    CasesFail,
    DesignChanged,
    DesignFaulty,
    NoSuchService,
    PublishedAlready,
    TooLargeDesign,
    UnknownApprover,
    UnknownReceiver,
)
from obshto.modules.eservices.events import DesignSaved, ServicePublished, ServiceWithdrawn
from obshto.modules.eservices.models import DesignedService, DesignedVersion, InheritedService
from obshto.modules.eservices.models.designed import TRIAL
from obshto.modules.eservices.services.approvals import roles_offered
from obshto.modules.eservices.services.catalogue import object_id_of, service_of
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.design.checks import faults_in
from obshto.modules.eservices.services.design.compiler import Design, compiled_text, own_steps
from obshto.modules.eservices.services.design.receivers import rules_of
from obshto.modules.eservices.services.design.recorded import cases_of, replays
from obshto.modules.eservices.services.destinations import destinations_here
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer, offer_of
from obshto.modules.eservices.services.own_services import definition_in
from obshto.platform.db.base import new_id
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

MOST_QUESTIONS, MOST_STEPS, MOST_SIGNS = 150, 40, 400_000
T = TypeVar("T")


def designs(uow: UnitOfWork) -> Sequence[DesignedService]:
    """All of the municipality, by title."""
    wanted = select(DesignedService).order_by(DesignedService.title, DesignedService.key)
    return uow.session.scalars(wanted).all()


def design_row(uow: UnitOfWork, row_id: UUID, *, to_change: bool = False) -> DesignedService:
    """One of them; `to_change` makes others wait. Raises NoSuchService."""
    wanted = select(DesignedService).where(DesignedService.id == row_id)
    row = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if row is None:
        raise NoSuchService
    return row


def start_design(uow: UnitOfWork, design: Design, *, request_id: UUID) -> DesignedService:
    """Keep a new design; the same request again finds the first. Raises TooLargeDesign."""
    row_id = new_id()
    row = DesignedService(
        id=row_id,
        request_id=request_id,
        key=f"own-{row_id.hex[-10:]}",
        title=design["about"]["title"][SOURCE],
        design=_text(design),
        changed_at=uow.now,
        changed_by_id=uow.principal.person_id,
        changed_by=uow.principal.name,
    )
    if (first := create_once(uow, row)) is not row:
        return first
    uow.emit(DesignSaved(subject_id=row.id, service=row.key))
    return row


def read_design(row: DesignedService) -> Design:
    """What stands in it."""
    design: Design = json.loads(row.design)
    return design


def change_design(
    uow: UnitOfWork,
    row: DesignedService,
    change: Callable[[Design], T],
    *,
    expected_version: int,
) -> T:
    """Change it, unless it stands so already. Raises DesignChanged, TooLargeDesign."""
    design = read_design(row)
    answer = change(design)
    text = _text(design)
    if text == row.design:
        return answer
    expect_version(row, expected_version, DesignChanged)
    row.design, row.title = text, design["about"]["title"][SOURCE]
    row.changed_at = uow.now
    row.changed_by_id, row.changed_by = uow.principal.person_id, uow.principal.name
    uow.emit(DesignSaved(subject_id=row.id, service=row.key))
    return answer


def publish_design(
    uow: UnitOfWork,
    row: DesignedService,
    note: str,
    *,
    due_on: date | None = None,
    expected_version: int,
) -> int:
    """The next version: in the catalogue, in the search, at the counter. Answers its number.

    `due_on` is when other municipalities that took it over need it. Cases under way keep theirs.
    Raises DesignChanged, DesignFaulty, UnknownApprover, UnknownReceiver, CasesFail.
    """
    if row.version != expected_version:
        if row.published and is_published(uow, row):
            return row.published
        raise DesignChanged
    design = read_design(row)
    if any(fault.blocks for fault in faults_in(design)):
        raise DesignFaulty
    if not set(design.get("approvals", ())) <= roles_offered(uow).keys():
        raise UnknownApprover
    if not {rule["to"] for rule in rules_of(design)} <= destinations_here(uow).keys():
        raise UnknownReceiver
    if not all(run.passes for run in replays(uow, row, definition_now(row))):
        raise CasesFail
    is_first, row.published = row.published == 0, row.published + 1
    row.withdrawn_at, row.withdrawn_because = None, ""
    uow.session.add(
        DesignedVersion(
            id=new_id(),
            service=row.key,
            number=row.published,
            definition=compiled_text(design, row.key, row.published),
            design=row.design,
            note=note,
            due_on=due_on,
            published_at=uow.now,
            published_by_id=uow.principal.person_id,
            published_by=uow.principal.name if uow.principal.is_known else "",
        )
    )
    uow.session.flush()
    if is_first:
        _offer(uow, row, design)
    service = service_of(uow, row.key)
    uow.emit(ServicePublished(subject_id=object_id_of(service), service=row.key))
    return row.published


def definition_now(row: DesignedService) -> Definition:
    """What would be published. Raises DefinitionBroken while the design has faults."""
    return definition_in(compiled_text(read_design(row), row.key, TRIAL))


def is_published(uow: UnitOfWork, row: DesignedService) -> bool:
    """Whether the newest version is what stands in the design."""
    if not row.published or row.withdrawn_at:
        return False
    text = compiled_text(read_design(row), row.key, row.published)
    return text == version_of(uow, row, row.published).definition


def withdraw_service(
    uow: UnitOfWork, row: DesignedService, because: str, *, expected_version: int
) -> None:
    """Take no more applications; those under way are finished. Raises DesignChanged."""
    if row.withdrawn_at or not row.published:
        return
    expect_version(row, expected_version, DesignChanged)
    row.withdrawn_at, row.withdrawn_because = uow.now, because
    row.offered_at = row.regional_at = None
    service = service_of(uow, row.key)
    uow.emit(ServiceWithdrawn(subject_id=object_id_of(service), service=row.key))


def discard_design(uow: UnitOfWork, row: DesignedService, *, expected_version: int) -> None:
    """Gone, as long as nobody could apply with it. Raises DesignChanged, PublishedAlready."""
    if row.published:
        raise PublishedAlready
    expect_version(row, expected_version, DesignChanged)
    taken = select(InheritedService).where(InheritedService.service == row.key)
    origin = uow.session.scalars(taken).all()
    for part in (*versions_of(uow, row, with_trial=True), *cases_of(uow, row), *origin):
        uow.session.delete(part)
    uow.session.delete(row)


def versions_of(
    uow: UnitOfWork, row: DesignedService, *, with_trial: bool = False
) -> Sequence[DesignedVersion]:
    """What was published, newest first."""
    least = TRIAL if with_trial else TRIAL + 1
    wanted = select(DesignedVersion).where(
        DesignedVersion.service == row.key, DesignedVersion.number >= least
    )
    return uow.session.scalars(wanted.order_by(DesignedVersion.number.desc())).all()


def version_of(uow: UnitOfWork, row: DesignedService, number: int) -> DesignedVersion:
    """One of them. Raises NoSuchService."""
    wanted = select(DesignedVersion).where(
        DesignedVersion.service == row.key, DesignedVersion.number == number
    )
    found = uow.session.scalar(wanted)
    if found is None or number == TRIAL:
        raise NoSuchService
    return found


def _offer(uow: UnitOfWork, row: DesignedService, design: Design) -> None:
    """Fee and signatory as designed; from then on they are changed with all other fees."""
    told: dict[str, Any] = {"fee_cents": None, "official": "", **design.get("offer", {})}
    if offer_of(uow, row.key) is None:
        terms = Terms(is_online=True, **told)
        change_offer(uow, service_of(uow, row.key), terms, expected_version=UNWRITTEN)


def _text(design: Design) -> str:
    number = len(design["fields"]) + len(design["document"]["fields"])
    if number > MOST_QUESTIONS or len(own_steps(design)) > MOST_STEPS:
        raise TooLargeDesign(questions=MOST_QUESTIONS, steps=MOST_STEPS)
    text = json.dumps(design, ensure_ascii=False)
    if len(text) > MOST_SIGNS:
        raise TooLargeDesign(questions=MOST_QUESTIONS, steps=MOST_STEPS)
    return text
