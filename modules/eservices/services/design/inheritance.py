"""Inheritance between municipalities: a service is taken over, each new version agreed to or not.

Nothing changes by itself. What this municipality worded otherwise stays its own; where both changed
the same part, a person chooses. The municipality's recorded cases run before anything is published.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.errors import (
    CasesFail,
    DefinitionBroken,
    DesignChanged,
    DesignFaulty,
    NoSuchService,
    UnknownApprover,
    UnknownReceiver,
)
from obshto.modules.eservices.events.versions import ServiceTaken, VersionDeclined, VersionOffered
from obshto.modules.eservices.models import DesignedService, InheritedService
from obshto.modules.eservices.models.designed import TRIAL
from obshto.modules.eservices.services.catalogue import object_id_of_key
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.design import designs
from obshto.modules.eservices.services.design.checks import faults_in
from obshto.modules.eservices.services.design.comparison import compared, lines_of
from obshto.modules.eservices.services.design.compiler import Design, compiled_text
from obshto.modules.eservices.services.design.faults import Fault
from obshto.modules.eservices.services.design.files import design_in, file_of
from obshto.modules.eservices.services.design.parts import Changed, changes, differing, merged
from obshto.modules.eservices.services.design.recorded import Replay, replays
from obshto.modules.eservices.services.design.shared_services import due_of, offered_service
from obshto.modules.eservices.services.design.texts import to_words
from obshto.modules.eservices.services.own_services import definition_in
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import Offered, find_municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """What agreeing would do: what comes, what stays, what must be chosen, whether it would hold.

    `runs` are the recorded cases by the merged design; None while it has faults.
    """

    coming: Sequence[tuple[str, str]]
    changed: Mapping[str, Changed]
    faults: Sequence[Fault]
    runs: Sequence[Replay] | None

    @property
    def to_choose(self) -> list[str]:
        return [part for part, changed in self.changed.items() if changed is Changed.BOTH]

    @property
    def own(self) -> list[str]:
        return [part for part, changed in self.changed.items() if changed is Changed.HERE]


def taken_services(uow: UnitOfWork) -> Sequence[tuple[InheritedService, DesignedService]]:
    """Everything that was taken over, by title. One query."""
    wanted = select(InheritedService, DesignedService).join(
        DesignedService, DesignedService.key == InheritedService.service
    )
    order = (DesignedService.title, DesignedService.key)
    return [(taken, row) for taken, row in uow.session.execute(wanted.order_by(*order))]


def origin_of(uow: UnitOfWork, row: DesignedService) -> InheritedService | None:
    """Where a service comes from; None where it was made here. One query."""
    return uow.session.scalar(select(InheritedService).where(InheritedService.service == row.key))


def whose(taken: InheritedService) -> str:
    """The municipality that it comes from, by its name; by its label where it has left."""
    found = find_municipality(taken.municipality)
    return found.title() if found else taken.municipality


def taken_row(
    uow: UnitOfWork, row_id: UUID, *, to_change: bool = False
) -> tuple[InheritedService, DesignedService]:
    """One of them by its service; `to_change` makes others wait. Raises NoSuchService."""
    row = designs.design_row(uow, row_id, to_change=to_change)
    taken = origin_of(uow, row)
    if taken is None:
        raise NoSuchService
    return taken, row


def take_service(uow: UnitOfWork, offered: Offered, *, request_id: UUID) -> DesignedService:
    """A draft of it here; who has it already finds that one. Raises DesignFileRefused."""
    wanted = (
        select(DesignedService)
        .join(InheritedService, InheritedService.service == DesignedService.key)
        .where(InheritedService.origin == offered.object_id)
    )
    if (known := uow.session.scalar(wanted)) is not None:
        return known
    design = offered_design(offered)
    row = designs.start_design(uow, design, request_id=request_id)
    taken = InheritedService(
        service=row.key,
        municipality=offered.municipality,
        origin=offered.object_id,
        number=offered.pattern["number"],
        newest=offered.pattern["number"],
        base=json.dumps(design, ensure_ascii=False),
    )
    _decide(uow, taken)
    try:
        with uow.session.begin_nested():
            uow.session.add(taken)
    except IntegrityError:  # a colleague took it in the same instant
        uow.session.delete(row)
        uow.session.flush()
        return uow.session.scalars(wanted).one()
    uow.emit(ServiceTaken(subject_id=row.id, service=row.key, municipality=offered.municipality))
    return row


def offered_design(offered: Offered) -> Design:
    """What a neighbour wrote, held to all that a file is. Raises DesignFileRefused."""
    return design_in(file_of(offered.pattern["design"]).encode("utf-8"))


def offered_lines(offered: Offered) -> Sequence[str]:
    """What it asks, decides and prints, in its own language. Raises DesignFileRefused."""
    definition = _in_words("own-0", offered_design(offered))
    with speaking(SOURCE):
        return list(lines_of(definition))


def own_parts(taken: InheritedService, row: DesignedService) -> list[str]:
    """What this municipality has changed since it was taken or last agreed to."""
    return differing(json.loads(taken.base), designs.read_design(row))


def look_at_version(
    uow: UnitOfWork, taken: InheritedService, row: DesignedService, offered: Offered
) -> NewVersion:
    """What agreeing would do, with their part wherever both changed. Nothing is written."""
    base, here, there = _three(taken, row, offered)
    result = merged(base, here, there)
    faults = [fault for fault in faults_in(result) if fault.blocks]
    return NewVersion(
        coming=compared(_in_words(row.key, base), _in_words(row.key, there)),
        changed=changes(base, here, there),
        faults=faults,
        runs=None if faults else replays(uow, row, _definition(row, result)),
    )


def accept_version(
    uow: UnitOfWork,
    taken: InheritedService,
    row: DesignedService,
    offered: Offered,
    *,
    kept: Collection[str],
    expected_version: int,
) -> bool:
    """Bring what is new, keep what is one's own, publish. The same form again does nothing.

    Answers False where it waits as a draft: a fault, a role that is not here, a recorded case that
    ends otherwise, a service that nobody published yet. Raises DesignChanged, DesignFileRefused.
    """
    number = offered.pattern["number"]
    if taken.number >= number:
        return designs.is_published(uow, row)
    expect_version(row, expected_version, DesignChanged)
    base, here, there = _three(taken, row, offered)
    _replace(uow, row, merged(base, here, there, kept))
    taken.base, taken.number = json.dumps(there, ensure_ascii=False), number
    taken.newest, taken.due_on, taken.came_by_date = max(taken.newest, number), None, False
    _decide(uow, taken)
    uow.session.flush()
    if row.withdrawn_at or not (row.published or taken.is_regional):
        return False
    try:
        designs.publish_design(uow, row, _note(offered), expected_version=row.version)
    except (DesignFaulty, UnknownApprover, UnknownReceiver, CasesFail, DefinitionBroken):
        return False
    return True


def decline_version(
    uow: UnitOfWork,
    taken: InheritedService,
    row: DesignedService,
    number: int,
    because: str,
    *,
    expected_version: int,
) -> None:
    """Stay with what is here; who offers it reads why. The same form again does nothing.

    Raises DesignChanged.
    """
    if taken.declined == number:
        return
    if taken.version != expected_version or number <= taken.number:
        raise DesignChanged
    taken.declined, taken.declined_because = number, because
    taken.newest, taken.due_on = max(taken.newest, number), None
    _decide(uow, taken)
    uow.session.flush()
    about = object_id_of_key(row.key)
    uow.emit(VersionDeclined(subject_id=about, service=row.key, number=number))


def watch_versions(uow: UnitOfWork) -> None:
    """Hear of newer versions elsewhere; each is told once."""
    for taken, row in taken_services(uow):
        offered = offered_service(taken.origin, to=uow.scope.slug)
        if offered is None:
            continue
        taken.is_regional = bool(offered.pattern.get("regional"))
        if offered.pattern["number"] > taken.newest:
            taken.newest, taken.due_on = offered.pattern["number"], due_of(offered)
            uow.emit(VersionOffered(subject_id=row.id, service=row.key, number=taken.newest))


def waiting_versions() -> Select[UUID]:
    """Those that wait for a yes or a no."""
    most = func.greatest(InheritedService.number, InheritedService.declined)
    return select(InheritedService.id).where(InheritedService.newest > most)


def _decide(uow: UnitOfWork, taken: InheritedService) -> None:
    taken.decided_at = uow.now
    taken.decided_by_id, taken.decided_by = uow.principal.person_id, uow.principal.name


def _three(
    taken: InheritedService, row: DesignedService, offered: Offered
) -> tuple[Design, Design, Design]:
    base: Design = json.loads(taken.base)
    return base, designs.read_design(row), offered_design(offered)


def _replace(uow: UnitOfWork, row: DesignedService, design: Design) -> None:
    def change(stands: Design) -> None:
        stands.clear()
        stands.update(design)

    designs.change_design(uow, row, change, expected_version=row.version)


def _definition(row: DesignedService, design: Design) -> Definition:
    return definition_in(compiled_text(design, row.key, TRIAL))


def _in_words(key: str, design: Design) -> Definition:
    """To be read, not to be applied for: placeholders of the document say what stands there."""
    document = design["document"]
    told = {**document, "lines": to_words(document["lines"], design).splitlines()}
    return definition_in(compiled_text({**design, "document": told}, key, TRIAL))


def _note(offered: Offered) -> str:
    with speaking(SOURCE):
        told = {"n": offered.pattern["number"], "note": offered.pattern["note"]}
        whose = offered.names[SOURCE]
        return str(gettext("Версия %(n)s на %(whose)s: %(note)s", whose=whose, **told))
