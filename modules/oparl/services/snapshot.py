"""Snapshot of what is public: a job composes all objects and keeps those that changed.

No part writes down when each of its rows changed, and some delete. So the moments that OParl asks
for are those at which the JSON differed: created when first told, modified when told otherwise,
deleted when not told any more, which is also what programs that follow need to know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.oparl.events import OparlObjectsChanged
from obshto.modules.oparl.models import OparlObject
from obshto.modules.oparl.services.council_objects import (
    council_objects,
    inquiry_objects,
    municipality_objects,
)
from obshto.modules.oparl.services.meeting_objects import MeetingTeller
from obshto.modules.oparl.services.object_types import (
    BACK,
    ORDER,
    SCHEMA,
    Addresses,
    Key,
    ObjectDraft,
    moment_of,
)
from obshto.platform.modularity.council_publication import (
    CouncilPublication,
    MeetingPublication,
    RecordingPublication,
)
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import municipality_here, named_settlements

REFRESH = "oparl:refresh"
BATCH = 200  # rows a statement
WRITTEN = ("owner_id", "content", "digest", "created_at", "modified_at", "deleted_at")
Content = dict[str, Any]


def ask_refresh(uow: UnitOfWork, **_fact: Any) -> None:
    """Reaction, and job by the clock: one that waits is enough, and they run one by one."""
    uow.defer(REFRESH, once=REFRESH, in_turn=REFRESH)


def refresh(uow: UnitOfWork) -> None:
    """Job: keep what is told otherwise now. Twice changes nothing; some fifteen statements."""
    known = {(row.kind, row.id): row for row in uow.session.execute(_stamps())}
    writer = _Writer(uow, known)
    for draft in sorted(drafts_of(uow), key=lambda one: ORDER.index(one.kind)):
        writer.put(draft)
    changed, deleted = len(writer.rows), writer.delete_rest()
    for start in range(0, len(writer.rows), BATCH):
        put = insert(OparlObject).values(writer.rows[start : start + BATCH])
        told = {name: put.excluded[name] for name in WRITTEN}
        uow.session.execute(put.on_conflict_do_update(index_elements=("kind", "id"), set_=told))
    if changed or deleted:
        uow.emit(OparlObjectsChanged(changed=changed, deleted=deleted))


def drafts_of(uow: UnitOfWork) -> Iterable[ObjectDraft]:
    """All objects as they are now, each once."""
    council, meetings = port_here(CouncilPublication), port_here(MeetingPublication)
    recordings, scope = port_here(RecordingPublication), uow.scope
    if council is None or meetings is None:
        return {}.values()
    assert scope
    told, to = council.council(uow), Addresses(scope.address)
    names = named_settlements(scope.slug)
    teller = MeetingTeller(
        council=told,
        recordings=recordings.recordings(uow) if recordings else {},
        villages={code: name.get(SOURCE, "") for code, name in names.items()},
        to=to,
    )
    found = [
        *municipality_objects(municipality_here(uow), told, to),
        *council_objects(told, to),
        *inquiry_objects(told.inquiries, to),
    ]
    for meeting in meetings.meetings(uow):
        found.extend(teller.objects_of(meeting))
    return {(draft.kind, draft.id): draft for draft in found}.values()


class _Writer:
    """Compares objects with what is known of them; `rows` are those to be written."""

    def __init__(self, uow: UnitOfWork, known: Mapping[Key, Any]) -> None:
        self.to, self.known = Addresses(uow.scope.address), known
        self.now = uow.now.replace(microsecond=0)
        self.told: dict[Key, Content] = {}  # with their moments
        self.rows: list[dict[str, Any]] = []

    def put(self, draft: ObjectDraft) -> None:
        key = (draft.kind, draft.id)
        content = self._content(draft)
        digest = blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).digest()
        row = self.known.get(key)
        created_at, modified_at = (row.created_at, row.modified_at) if row else (self.now,) * 2
        if row is None or row.digest != digest or row.deleted_at:
            modified_at = self.now
            self._write(key, content, digest, created_at, owner_id=draft.owner)
        self.told[key] = content | moments(created_at, modified_at)

    def delete_rest(self) -> int:
        """What is known and was not put is not told any more: its id and type stay."""
        gone = [key for key, row in self.known.items() if not row.deleted_at]
        gone = [key for key in gone if key not in self.told]
        for key in gone:
            known = self.known[key].created_at
            self._write(key, self._names(*key), b"", known, deleted_at=self.now)
        return len(gone)

    def _write(
        self, key: Key, content: Content, digest: bytes, created_at: datetime, **told: Any
    ) -> None:
        about = {"content": content, "digest": digest, "created_at": created_at}
        row = {"kind": key[0], "id": key[1], "owner_id": None, "deleted_at": None, **about}
        self.rows.append(row | {"modified_at": self.now} | told)

    def _content(self, draft: ObjectDraft) -> Content:
        fields = dict(draft.fields)
        for name, inside in draft.inner.items():
            if isinstance(inside, tuple):
                fields[name] = self._inside(inside)
            else:
                fields[name] = [self._inside(key) for key in inside]
        told = {
            name: value
            for name, value in fields.items()
            if value not in (None, "", []) or name in draft.kept
        }
        return self._names(draft.kind, draft.id) | told

    def _names(self, kind: str, object_id: Any) -> Content:
        return {"id": self.to.of(kind, object_id), "type": f"{SCHEMA}{kind}"}

    def _inside(self, key: Key) -> Content:
        hidden = BACK.get(key[0], frozenset())
        return {name: value for name, value in self.told[key].items() if name not in hidden}


def moments(created_at: datetime, modified_at: datetime) -> Content:
    """As each object ends."""
    return {"created": moment_of(created_at), "modified": moment_of(modified_at)}


def _stamps() -> Any:
    row = OparlObject
    return select(row.kind, row.id, row.digest, row.created_at, row.modified_at, row.deleted_at)
