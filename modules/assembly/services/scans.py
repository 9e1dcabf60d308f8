"""The signed minutes as a scan: kept sealed, opened with a recorded look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import BinaryIO
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.assembly.errors import AssemblyNotFromHere, NoScannedMinutes
from obshto.modules.assembly.events import AssemblyMinutesLookedAt, AssemblyMinutesScanned
from obshto.modules.assembly.models import Assembly
from obshto.modules.assembly.services.states import HELD, STATES
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import (
    file_of,
    forget_files,
    is_pdf,
    keep_document,
    keep_photo,
)
from obshto.platform.unit_of_work import UnitOfWork

GROUND = "ЗПУГДВМС, чл. 62; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“"
COMPARE = "compare"
KINDS = (DataKind.NAME,)
PURPOSES: Mapping[str, LazyString] = {COMPARE: _("Сверява протокола на общо събрание")}


def keep_scan(uow: UnitOfWork, assembly: Assembly, stream: BinaryIO, *, name: str) -> None:
    """A photo or PDF of the signed minutes; a later one replaces it.

    Raises AssemblyNotFromHere, FileRefused.
    """
    if assembly.state != HELD:
        raise AssemblyNotFromHere(state=STATES[assembly.state])
    if is_pdf(stream):
        file = keep_document(uow, stream, name=name, is_sealed=True)
    else:
        file = keep_photo(uow, stream, name=name)
    before = file_of(uow, assembly.file_id) if assembly.file_id else None
    if before and before.sha256 == file.sha256:  # the same again
        forget_files(uow, [file.id])
        return
    if before:
        forget_files(uow, [before.id])
    assembly.file_id, assembly.changed_at = file.id, uow.now
    uow.emit(AssemblyMinutesScanned(subject_id=assembly.id, number=assembly.number))


def opened_scan(uow: UnitOfWork, assembly: Assembly) -> StoredFile:
    """The file, after a look is recorded: names and signatures stand on it.

    Whoever signed has no account: the look points at nobody. Raises NoScannedMinutes.
    """
    if assembly.file_id is None:
        raise NoScannedMinutes
    opened = Opened(part="assembly", object_id=assembly.id, subject=Subject())
    fact = AssemblyMinutesLookedAt(subject_id=assembly.id, number=assembly.number)
    look(uow, opened, Purpose(word=COMPARE, kinds=KINDS, ground=GROUND, fact=fact))
    return file_of(uow, assembly.file_id)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """What was opened. One query."""
    rows = select(Assembly).where(Assembly.id.in_(ids))
    return {
        row.id: LookedAt(gettext("Протокол на общо събрание %(number)s", number=row.number))
        for row in uow.session.scalars(rows)
    }
