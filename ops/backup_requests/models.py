"""What the keeper is asked to do with the backups of a municipality, and how far it is."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.ops.backup.steps import Step
from obshto.platform.db.base import SharedModel, new_id


class What(StrEnum):
    """What is done to a municipality."""

    TAKE = "take"
    RESTORE = "restore"
    SWAP = "swap"
    UNDO = "undo"
    DISCARD = "discard"


STEPS: dict[What, tuple[Step, ...]] = {
    What.TAKE: (Step.TAKE,),
    What.RESTORE: (Step.READ, Step.FILL, Step.ERASE, Step.COMPARE),
    What.SWAP: (Step.ERASE, Step.CHANGE),
    What.UNDO: (Step.ERASE, Step.CHANGE),
    What.DISCARD: (Step.DROP,),
}
WITHDRAWN = "withdrawn"  # in the place of a trouble: nothing was done


class BackupOrder(SharedModel):
    """One at a time for each municipality; kept for good, as the log is.

    `moment` is of the backup to restore; `restoration_id` what was looked at before it is swapped
    in, put back, thrown away. `progress` is the step at hand with its numbers. `trouble` is a word
    of why nothing was changed, `said` the same as the shell says it. The queue carries the id of
    such a row alone: a municipality's role cannot write one.
    """

    __tablename__ = "backup_order"
    __table_args__ = (
        Index(
            "uq_backup_order_open",
            "municipality",
            unique=True,
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(None, "municipality", "asked_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    municipality: Mapped[str]
    what: Mapped[str]
    moment: Mapped[datetime | None]
    restoration_id: Mapped[UUID | None]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    begun_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    progress: Mapped[dict[str, Any]]
    trouble: Mapped[str]
    said: Mapped[str]

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    @property
    def is_good(self) -> bool:
        return self.done_at is not None and not self.trouble

    @property
    def share(self) -> float | None:
        """Of the step at hand, 0 to 1; None where it cannot be counted."""
        whole = self.progress.get("of") or 0
        return min(1.0, self.progress.get("done", 0) / whole) if whole else None

    def state_of(self, step: Step) -> str:
        """`done`, `now` or `waits`; of steps that were never reached when it failed, `waits`."""
        if self.is_good:
            return "done"
        steps = STEPS[What(self.what)]
        at = self.progress.get("step")
        here = steps.index(Step(at)) if at in steps else -1
        if steps.index(step) < here:
            return "done"
        return "now" if steps.index(step) == here else "waits"
