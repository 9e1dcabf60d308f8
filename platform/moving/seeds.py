"""A small old site that has been read and waits for a decision: invented."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from obshto.platform.moving.making import read
from obshto.platform.moving.models import Export, State
from obshto.platform.moving.services import bring_export
from obshto.platform.work import Work

FILE = Path(__file__).parent / "data" / "old-site.xml"


def seed(work: Work) -> None:
    """Brought and read at once; seeding twice is harmless."""
    assert work.scope
    request_id = uuid5(NAMESPACE_URL, f"moving/{work.scope.slug}/demo")
    stream = BytesIO(FILE.read_bytes())
    export = bring_export(work, stream, name="stariyat-sayt.xml", request_id=request_id)
    read(work, export=str(export.id))


def plant(work: Work, mark: str) -> None:
    """An old site of that name that has been moved; nothing of it was made."""
    request_id = uuid5(NAMESPACE_URL, mark)
    if work.session.scalar(select(Export.id).where(Export.request_id == request_id)) is None:
        planted = Export(
            request_id=request_id,
            name=f"Контролен сайт {mark}",
            state=State.DONE,
            trouble="",
            as_drafts=True,
            shelves={},
            sent_at=work.now,
        )
        work.session.add(planted)
