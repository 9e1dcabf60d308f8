"""An address of the old site leads to what was made of it."""

from __future__ import annotations

from sqlalchemy import select

from obshto.platform.site_import.export_parser import LONGEST_PATH
from obshto.platform.site_import.models import Moved
from obshto.platform.unit_of_work import UnitOfWork


def new_path(uow: UnitOfWork, path: str) -> str | None:
    """Where the text of that address stands now; None for an address that was nothing there."""
    wanted = (path.rstrip("/") or "/").casefold()
    if len(wanted) > LONGEST_PATH:
        return None
    newest = select(Moved.new_path).where(Moved.old_path == wanted).order_by(Moved.moved_at.desc())
    return uow.session.scalar(newest.limit(1))
