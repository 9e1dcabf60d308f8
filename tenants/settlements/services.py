"""Acts upon settlement profiles: written, brought back, pictured; each change keeps a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO, Final
from uuid import UUID

from flask_babel import lazy_gettext
from sqlalchemy import Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.domain_events import DomainEvent
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict, NotFound
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import file_of, forget_files, keep_picture
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.models import Settlement
from obshto.tenants.portal.territory import settlements_of
from obshto.tenants.settlements.events import (
    SettlementChanged,
    SettlementPictured,
    SettlementReverted,
)
from obshto.tenants.settlements.models import SettlementProfile, SettlementVersion

UNWRITTEN: Final = 0  # the version of a settlement of which nobody wrote anything yet
KEPT: Final = 20  # versions of one settlement


class StaleSettlement(Conflict):
    """Somebody else wrote about it after the form was drawn."""

    sentence = lazy_gettext(
        "След като отворихте страницата, друг промени сведенията за населеното място. Вижте как"
        " са сега и решете отново."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementEntry:
    """What is said of one; `hours` as `platform.opening_hours` stores it, `facts` a line each."""

    mayor: str = ""
    phone: str = ""
    address: str = ""
    hours: Mapping[str, Any]
    facts: str = ""


def settlement_here(uow: UnitOfWork, ekatte: str) -> Settlement:
    """One of the municipality's own. A neighbour's does not exist here: raises NotFound."""
    found = next((it for it in settlements_of(uow.scope.slug) if it.ekatte == ekatte), None)
    if found is None:
        raise NotFound
    return found


def profile_of(uow: UnitOfWork, ekatte: str) -> SettlementProfile | None:
    """None where nobody wrote anything yet."""
    return uow.session.get(SettlementProfile, ekatte)


def profiles(uow: UnitOfWork) -> dict[str, SettlementProfile]:
    """All that was written, by EKATTE code. One query."""
    return {row.ekatte: row for row in uow.session.scalars(select(SettlementProfile))}


def write_profile(
    uow: UnitOfWork, ekatte: str, said: SettlementEntry, *, expected_version: int
) -> None:
    """Say this of a settlement from now on. So already: nothing is done. Raises StaleSettlement."""
    row = _locked(uow, ekatte)
    if _said(row) == asdict(said):
        return
    _change(uow, row, asdict(said), expected_version, SettlementChanged(settlement=ekatte))


def versions_of(ekatte: str) -> Select[SettlementVersion]:
    """How it stood before, the last first."""
    rows = select(SettlementVersion).where(SettlementVersion.ekatte == ekatte)
    return rows.order_by(SettlementVersion.replaced_at.desc(), SettlementVersion.id.desc())


def revert_profile(
    uow: UnitOfWork, ekatte: str, version_id: UUID, *, expected_version: int
) -> None:
    """An earlier version stands again; what stood is kept. Raises NotFound, StaleSettlement."""
    kept = uow.session.get(SettlementVersion, version_id)
    if kept is None or kept.ekatte != ekatte:
        raise NotFound
    row = _locked(uow, ekatte)
    if _said(row) != kept.said:
        fact = SettlementReverted(settlement=ekatte)
        _change(uow, row, kept.said, expected_version, fact)


def set_picture(
    uow: UnitOfWork, ekatte: str, stream: BinaryIO, alt: str, *, name: str, expected_version: int
) -> None:
    """In place of the one before. Raises StaleSettlement, FileRefused."""
    row = _locked(uow, ekatte)
    if row.version != (expected_version or 1):
        raise StaleSettlement
    _replace(uow, row, keep_picture(uow, stream, name=name), alt)


def remove_picture(uow: UnitOfWork, ekatte: str, *, expected_version: int) -> None:
    """Gone for good; nothing where there is none. Raises StaleSettlement."""
    row = _locked(uow, ekatte)
    if row.picture_id is None:
        return
    expect_version(row, expected_version, StaleSettlement)
    _replace(uow, row, None, "")


def picture_of(uow: UnitOfWork, ekatte: str) -> StoredFile:
    """Raises NotFound where it has none."""
    row = profile_of(uow, ekatte)
    if row is None or row.picture_id is None:
        raise NotFound
    return file_of(uow, row.picture_id)


def forget_writer(uow: UnitOfWork, person_id: UUID) -> None:
    """What they wrote stays without their name."""
    wrote = SettlementProfile.changed_by_id == person_id
    profile = update(SettlementProfile).where(wrote)
    uow.session.execute(profile.values(changed_by="", changed_by_id=None))
    saved = update(SettlementVersion).where(SettlementVersion.saved_by_id == person_id)
    uow.session.execute(saved.values(saved_by="", saved_by_id=None))


# -- inside ----------------------------------------------------------------------------------


def _said(row: SettlementProfile) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SettlementEntry.__dataclass_fields__}


def _change(
    uow: UnitOfWork,
    row: SettlementProfile,
    said: Mapping[str, Any],
    expected_version: int,
    fact: DomainEvent,
) -> None:
    if row.version != (expected_version or 1):
        raise StaleSettlement
    if any(_said(row).values()):
        _keep_version(uow, row)
    for name, value in said.items():
        setattr(row, name, value)
    _sign(uow, row)
    uow.session.flush()
    _forget_old(uow, row.ekatte)
    uow.emit(fact)


def _keep_version(uow: UnitOfWork, row: SettlementProfile) -> None:
    uow.session.add(
        SettlementVersion(
            ekatte=row.ekatte,
            said=_said(row),
            saved_at=row.changed_at,
            saved_by=row.changed_by,
            saved_by_id=row.changed_by_id,
            replaced_at=uow.now,
        )
    )


def _replace(uow: UnitOfWork, row: SettlementProfile, kept: StoredFile | None, alt: str) -> None:
    before, row.picture_id = row.picture_id, kept.id if kept else None
    row.picture_alt = alt
    _sign(uow, row)
    uow.session.flush()
    if before:
        forget_files(uow, [before])
    uow.emit(SettlementPictured(settlement=row.ekatte))


def _sign(uow: UnitOfWork, row: SettlementProfile) -> None:
    row.changed_at, row.changed_by = uow.now, uow.principal.name
    row.changed_by_id = uow.principal.person_id


def _forget_old(uow: UnitOfWork, ekatte: str) -> None:
    old: Sequence[UUID] = uow.session.scalars(
        versions_of(ekatte).offset(KEPT).with_only_columns(SettlementVersion.id)
    ).all()
    uow.session.execute(delete(SettlementVersion).where(SettlementVersion.id.in_(old)))


def _locked(uow: UnitOfWork, ekatte: str) -> SettlementProfile:
    """Its row, made empty where it is missing, locked until the end of the work."""
    empty = {name: "" for name in ("mayor", "phone", "address", "facts", "picture_alt")}
    row = {"ekatte": ekatte, "hours": {}, "changed_at": uow.now, "changed_by": "", **empty}
    uow.session.execute(insert(SettlementProfile).values(row).on_conflict_do_nothing())
    mine = select(SettlementProfile).where(SettlementProfile.ekatte == ekatte).with_for_update()
    return uow.session.scalars(mine.execution_options(populate_existing=True)).one()
