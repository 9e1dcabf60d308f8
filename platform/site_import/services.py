"""Bring an export, look at what would be made of it, let it be made, or drop it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.entity import of_request
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.site_import.errors import NoExport, NoSuchExport, StaleVersion
from obshto.platform.site_import.events import ExportBrought, ExportDropped, MovingBegun
from obshto.platform.site_import.export_parser import looks_like_export
from obshto.platform.site_import.models import Export, ExportState, OldItem
from obshto.platform.storage.services import forget_files, keep_to_read
from obshto.platform.unit_of_work import UnitOfWork

READ, MAKE = "moving:read", "moving:make"
KEPT = timedelta(days=30)  # texts of an export; what was made of them stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many texts will be made, were made, are left behind and for what reason."""

    waiting: int
    made: int
    left: Mapping[str, int]

    @property
    def behind(self) -> int:
        return sum(self.left.values())


def bring_export(uow: UnitOfWork, stream: BinaryIO, *, name: str, request_id: UUID) -> Export:
    """Keep the file until a job has read it; the same `request_id` does so once.

    Raises FileRefused, NoExport.
    """
    known = of_request(uow, Export, request_id)
    if known:
        return known
    if not looks_like_export(stream):
        raise NoExport
    try:
        with uow.session.begin_nested():
            export = _keep(uow, stream, name=name, request_id=request_id)
    except IntegrityError:  # a second click in the same instant
        again = select(Export).where(Export.request_id == request_id)
        return uow.session.scalars(again).one()
    uow.defer(READ, export=export.id)
    uow.emit(ExportBrought(subject_id=export.id, title=export.name))
    return export


def exports() -> Select[Export]:
    """Every one, the last first."""
    return select(Export).order_by(Export.sent_at.desc(), Export.id)


def export_of(uow: UnitOfWork, export_id: UUID, *, to_change: bool = False) -> Export:
    """Raises NoSuchExport."""
    wanted = select(Export).where(Export.id == export_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchExport
    return found


def items_of(export: Export, *, left_behind: bool) -> Select[OldItem]:
    """The texts that are or will be made, or those left behind, in the order of the export."""
    items = select(OldItem).where(OldItem.export_id == export.id).order_by(OldItem.number)
    return items.where(OldItem.verdict != "" if left_behind else OldItem.verdict == "")


def progress_of(uow: UnitOfWork, exports: Collection[Export]) -> dict[UUID, Progress]:
    """By the id of the export. One query."""
    ids = [export.id for export in exports]
    is_made = OldItem.new_path.is_not(None)
    counted = (
        select(OldItem.export_id, OldItem.verdict, is_made, func.count())
        .where(OldItem.export_id.in_(ids))
        .group_by(OldItem.export_id, OldItem.verdict, is_made)
    )
    rows = uow.session.execute(counted).all()
    return {
        export_id: _progress([row[1:] for row in rows if row[0] == export_id]) for export_id in ids
    }


def switched_off() -> list[ModuleManifest]:
    """The modules that would take texts, were they on."""
    on = {part.slug for part in components_here()}
    modules = current_registry().modules()
    return [module for module in modules if module.old_site and module.slug not in on]


def begin_making(
    uow: UnitOfWork,
    export: Export,
    *,
    as_drafts: bool,
    shelves: Mapping[str, str],
    expected_version: int,
) -> None:
    """A job makes the texts from now on. Raises StaleVersion."""
    if export.state in (ExportState.MAKING, ExportState.DONE):
        return
    if export.version != expected_version or export.state != ExportState.READY:
        raise StaleVersion
    export.state, export.as_drafts, export.shelves = (
        ExportState.MAKING.value,
        as_drafts,
        dict(shelves),
    )
    uow.defer(MAKE, export=export.id, once=f"{MAKE}:{export.id}")
    uow.emit(MovingBegun(subject_id=export.id, title=export.name))


def drop_export(uow: UnitOfWork, export: Export, *, expected_version: int) -> None:
    """Nothing of it will be made; what was made stays. Raises StaleVersion."""
    if export.version != expected_version or export.state == ExportState.MAKING:
        raise StaleVersion
    _forget(uow, [export])
    uow.emit(ExportDropped(subject_id=export.id, title=export.name))


def forget_old(uow: UnitOfWork) -> None:
    """Job: exports that were brought a month ago, with their texts."""
    old = exports().where(Export.sent_at < uow.now - KEPT, Export.state != ExportState.MAKING)
    _forget(uow, uow.session.scalars(old).all())


def _forget(uow: UnitOfWork, gone: Collection[Export]) -> None:
    ids = [export.id for export in gone]
    forget_files(uow, [export.file_id for export in gone if export.file_id])
    uow.session.execute(delete(OldItem).where(OldItem.export_id.in_(ids)))
    uow.session.execute(delete(Export).where(Export.id.in_(ids)))


def _keep(uow: UnitOfWork, stream: BinaryIO, *, name: str, request_id: UUID) -> Export:
    file = keep_to_read(uow, stream, name=name)
    export = Export(
        request_id=request_id,
        file_id=file.id,
        name=file.name,
        state=ExportState.READING.value,
        trouble="",
        as_drafts=True,
        shelves={},
        sent_at=uow.now,
    )
    uow.session.add(export)
    uow.session.flush()
    return export


def _progress(rows: Collection[tuple[str, bool, int]]) -> Progress:
    return Progress(
        waiting=sum(number for verdict, made, number in rows if not verdict and not made),
        made=sum(number for verdict, made, number in rows if not verdict and made),
        left={verdict: number for verdict, _, number in rows if verdict},
    )
