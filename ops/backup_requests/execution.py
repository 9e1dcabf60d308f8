"""The keeper's side of an order: once, however often the queue asks, and told while it lasts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, RowMapping, delete, select, text, update

from obshto.ops.backup import restoration, schema_swap
from obshto.ops.backup.backup_run import take_all
from obshto.ops.backup.backup_settings import keeping_of, noted, stage_of
from obshto.ops.backup.errors import TROUBLES, BackupRefused, NoFile, NothingThere, told
from obshto.ops.backup.rehearsal import Stage
from obshto.ops.backup.steps import Step, Tell
from obshto.ops.backup.store import place_of
from obshto.ops.backup_requests.models import BackupOrder, What
from obshto.ops.backup_requests.services import HOLD
from obshto.ops.config import Config
from obshto.ops.models import Beside, Restoration
from obshto.platform.clock import now

OFTEN = 0.5  # seconds between two words about the same step
UNKNOWN = "unknown"  # what is no refusal of ours
PROGRESS = text("UPDATE shared.backup_order SET progress = CAST(:progress AS jsonb) WHERE id = :id")


@dataclass(frozen=True, slots=True)
class Hands:
    """With what the keeper works: the owner's engine, the house as it is composed."""

    config: Config
    engine: Engine
    app: Callable[[], Flask]

    @property
    def stage(self) -> Stage:
        return stage_of(self.config, self.engine)


def fulfil(hands: Hands, order_id: UUID) -> None:
    """Do what was ordered and note how it ended; what is done, withdrawn or in work is left.

    Killed anywhere, it goes on when the queue asks again: what was half filled is filled anew, what
    was swapped is not swapped twice.
    """
    with _held(hands.engine, order_id) as is_ours:
        order = _begun(hands.engine, order_id) if is_ours else None
        if order is None:
            return
        trouble, said = UNKNOWN, ""
        try:
            ACTS[What(order["what"])](hands, order, _telling(hands.engine, order_id))
            trouble = ""
        except TROUBLES as error:
            said = told(error)
            trouble = error.word if isinstance(error, BackupRefused) else UNKNOWN
        finally:
            _end(hands.engine, order_id, trouble, said)


def _take(hands: Hands, order: RowMapping, tell: Tell) -> None:
    tell(Step.TAKE, 0, 0)
    with noted(hands.config) as note:
        take_all(keeping_of(hands.config, note), [order["municipality"]])


def _restore(hands: Hands, order: RowMapping, tell: Tell) -> None:
    slug, before = order["municipality"], _restoration(hands.engine, order["id"])
    if before and before["state"] == Beside.FILLING:  # of a keeper that was killed
        restoration.discard(hands.stage, slug)
        with hands.engine.begin() as connection:
            connection.execute(delete(Restoration).where(Restoration.id == order["id"]))
    elif before:
        return
    path = place_of(hands.config.backup_dir, slug, order["moment"])
    if not path.is_file():
        raise NoFile(f"{path} is not there any more: choose another moment.")
    restoration.restore_beside(
        hands.stage,
        hands.app(),
        slug,
        path,
        by=order["asked_by"],
        restoration_id=order["id"],
        tell=tell,
    )


def _swap(hands: Hands, order: RowMapping, tell: Tell) -> None:
    slug, stage = order["municipality"], hands.stage
    if _is(hands.engine, order, Beside.LIVING):
        return
    if restoration.the_one_beside(stage, slug).id != order["restoration_id"]:
        raise NothingThere(f"Something else waits beside {slug} by now.")
    reason, by = order["reason"], order["asked_by"]
    schema_swap.swap_in(stage, hands.app(), slug, reason=reason, by=by, tell=tell)


def _undo(hands: Hands, order: RowMapping, tell: Tell) -> None:
    slug, stage = order["municipality"], hands.stage
    if _is(hands.engine, order, Beside.PUT_BACK):
        return
    if schema_swap.last_swap(stage, slug)[0] != order["restoration_id"]:
        raise NothingThere(f"Something else was swapped into {slug} since.")
    reason, by = order["reason"], order["asked_by"]
    schema_swap.put_back(stage, hands.app(), slug, reason=reason, by=by, tell=tell)


def _discard(hands: Hands, order: RowMapping, tell: Tell) -> None:
    slug, stage = order["municipality"], hands.stage
    tell(Step.DROP, 0, 0)
    if _is(hands.engine, order, Beside.GONE):
        return
    if restoration.the_one_beside(stage, slug).id != order["restoration_id"]:
        raise NothingThere(f"Something else waits beside {slug} by now.")
    restoration.discard(stage, slug)


ACTS: Mapping[What, Callable[[Hands, RowMapping, Tell], None]] = {
    What.TAKE: _take,
    What.RESTORE: _restore,
    What.SWAP: _swap,
    What.UNDO: _undo,
    What.DISCARD: _discard,
}


@contextmanager
def _held(engine: Engine, order_id: UUID) -> Iterator[bool]:
    """Whether nobody else works on it; it goes with the transaction, so a killed one holds none."""
    with engine.begin() as connection:
        asked = text(f"SELECT pg_try_advisory_xact_lock({HOLD})")
        yield bool(connection.scalar(asked, {"id": order_id}))


def _begun(engine: Engine, order_id: UUID) -> RowMapping | None:
    mine = (BackupOrder.id == order_id, BackupOrder.done_at.is_(None))
    with engine.begin() as connection:
        row = connection.execute(
            update(BackupOrder)
            .where(*mine)
            .values(begun_at=now())
            .returning(*BackupOrder.__table__.c)
        )
        return row.mappings().one_or_none()


def _end(engine: Engine, order_id: UUID, trouble: str, said: str) -> None:
    values = {"done_at": now(), "trouble": trouble, "said": said[:500]}
    with engine.begin() as connection:
        connection.execute(update(BackupOrder).where(BackupOrder.id == order_id).values(values))


def _telling(engine: Engine, order_id: UUID) -> Tell:
    """Each new step at once, the numbers of one now and then; in a transaction of its own."""
    last: dict[str, object] = {"step": None, "at": 0.0}

    def tell(step: Step, done: int, of: int) -> None:
        at = time.monotonic()
        if step == last["step"] and at - float(str(last["at"])) < OFTEN:
            return
        last.update(step=step, at=at)
        progress = json.dumps({"step": step, "done": done, "of": of})
        with engine.begin() as connection:
            connection.execute(PROGRESS, {"id": order_id, "progress": progress})

    return tell


def _restoration(engine: Engine, restoration_id: UUID) -> RowMapping | None:
    asked = select(*Restoration.__table__.c).where(Restoration.id == restoration_id)
    with engine.connect() as connection:
        return connection.execute(asked).mappings().one_or_none()


def _is(engine: Engine, order: RowMapping, state: Beside) -> bool:
    """Whether an earlier try came so far."""
    row = _restoration(engine, order["restoration_id"])
    return row is not None and row["state"] == state
