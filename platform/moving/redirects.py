"""An address of the old site leads to what was made of it."""

from __future__ import annotations

from sqlalchemy import select

from obshto.platform.moving.models import Moved
from obshto.platform.moving.reading import LONGEST_PATH
from obshto.platform.work import Work


def new_path(work: Work, path: str) -> str | None:
    """Where the text of that address stands now; None for an address that was nothing there."""
    wanted = (path.rstrip("/") or "/").casefold()
    if len(wanted) > LONGEST_PATH:
        return None
    newest = select(Moved.new_path).where(Moved.old_path == wanted).order_by(Moved.moved_at.desc())
    return work.session.scalar(newest.limit(1))
