"""A small old site that has been read and waits for a decision: invented."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from obshto.platform.site_import.import_jobs import read
from obshto.platform.site_import.models import Export, ExportState
from obshto.platform.site_import.services import bring_export
from obshto.platform.unit_of_work import UnitOfWork

FILE = Path(__file__).parent / "data" / "old-site.xml"


def seed(uow: UnitOfWork) -> None:
    """Brought and read at once; seeding twice is harmless."""
    request_id = uuid5(NAMESPACE_URL, f"moving/{uow.scope.slug}/demo")
    stream = BytesIO(FILE.read_bytes())
    export = bring_export(uow, stream, name="stariyat-sayt.xml", request_id=request_id)
    read(uow, export=str(export.id))


def plant(uow: UnitOfWork, mark: str) -> None:
    """An old site of that name that has been moved; nothing of it was made."""
    request_id = uuid5(NAMESPACE_URL, mark)
    if uow.session.scalar(select(Export.id).where(Export.request_id == request_id)) is None:
        planted = Export(
            request_id=request_id,
            name=f"Контролен сайт {mark}",
            state=ExportState.DONE,
            trouble="",
            as_drafts=True,
            shelves={},
            sent_at=uow.now,
        )
        uow.session.add(planted)
