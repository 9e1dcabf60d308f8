"""The jobs that read an export and make its texts, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import insert, select

from obshto.platform.db.base import new_id
from obshto.platform.errors import DomainError
from obshto.platform.modularity.old_site import OldSite, OldText
from obshto.platform.modularity.registry import components_here
from obshto.platform.site_import.errors import ExportRefused
from obshto.platform.site_import.events import MovingFinished
from obshto.platform.site_import.export_parser import ExportedThing, texts_in
from obshto.platform.site_import.models import Export, ExportState, Moved, OldItem
from obshto.platform.site_import.services import MAKE
from obshto.platform.site_import.text_builder import written
from obshto.platform.storage.services import file_of, forget_files, pieces_of
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 20  # texts that are made in one transaction
ROWS = 200  # of one statement

Row = dict[str, Any]


def read(uow: UnitOfWork, *, export: str) -> None:
    """Job: what stands in the file, each with what would become of it; the file goes then."""
    here = uow.session.get(Export, UUID(export), with_for_update=True)
    if here is None or here.state != ExportState.READING or here.file_id is None:
        return
    try:
        with uow.session.begin_nested(), TemporaryFile() as stream:
            for piece in pieces_of(uow, file_of(uow, here.file_id)):
                stream.write(piece)
            stream.seek(0)
            _keep(uow, _rows(here, _judged(uow, texts_in(stream))))
        here.state = ExportState.READY.value
    except ExportRefused as refusal:
        here.state, here.trouble = ExportState.REFUSED.value, refusal.word
    forget_files(uow, [here.file_id])
    here.file_id = None


def make(uow: UnitOfWork, *, export: str) -> None:
    """Job: the next texts are made; who made one before finds it. Asks for itself until done."""
    here = uow.session.get(Export, UUID(export), with_for_update=True)
    if here is None or here.state != ExportState.MAKING:
        return
    takers = {part.slug: part.old_site for part in components_here() if part.old_site}
    waiting = (
        select(OldItem)
        .where(OldItem.export_id == here.id, OldItem.verdict == "", OldItem.new_path.is_(None))
        .order_by(OldItem.number)
        .limit(AT_ONCE)
    )
    items = uow.session.scalars(waiting).all()
    for item in items:
        _make(uow, here, item, takers)
    if len(items) == AT_ONCE:
        uow.defer(MAKE, export=here.id)
        return
    here.state = ExportState.DONE.value
    uow.emit(MovingFinished(subject_id=here.id, title=here.name))


def _make(uow: UnitOfWork, export: Export, item: OldItem, takers: dict[str, OldSite]) -> None:
    if known := uow.session.get(Moved, item.old_key):
        item.new_path = known.new_path
        return
    slug, taker = next(
        ((slug, taker) for slug, taker in takers.items() if taker.takes == item.kind), ("", None)
    )
    if taker is None:
        item.verdict = "off"
        return
    try:
        with uow.session.begin_nested():
            shelf = str(export.shelves.get(slug, ""))
            item.new_path = taker.take(uow, _text(uow, export, item), shelf)
    except DomainError:
        item.verdict = "long"
        return
    moved = Moved(old_key=item.old_key, old_path=item.old_path, new_path=item.new_path)
    moved.moved_at = uow.now
    uow.session.add(moved)


def _text(uow: UnitOfWork, export: Export, item: OldItem) -> OldText:
    return OldText(
        request_id=uuid5(NAMESPACE_URL, f"moving/{uow.scope.slug}/{item.old_key}"),
        title=item.title,
        summary=item.summary,
        markdown=item.markdown,
        published_at=None if export.as_drafts else item.published_at,
    )


def _judged(uow: UnitOfWork, found: Iterable[ExportedThing]) -> Iterator[tuple[ExportedThing, Row]]:
    """Each with its text and a verdict; what was moved before, or stands twice, is left behind."""
    moved = set(uow.session.scalars(select(Moved.old_key)))
    seen: set[str] = set()
    for one in found:
        text = written(one)
        verdict = text.verdict
        if not verdict:
            verdict = "twice" if one.key in seen else ""
        if not verdict and one.key in moved:
            verdict = "here"
        seen.add(one.key)
        is_made = not verdict
        yield (
            one,
            {
                "title": text.title,
                "summary": text.summary,
                "markdown": text.markdown if is_made else "",
                "pictures": text.pictures,
                "verdict": verdict,
            },
        )


def _rows(export: Export, judged: Iterable[tuple[ExportedThing, Row]]) -> Iterator[Row]:
    for number, (found, row) in enumerate(judged):
        yield row | {
            "id": new_id(),
            "export_id": export.id,
            "number": number,
            "kind": found.kind[:40],
            "old_key": found.key,
            "old_path": found.path,
            "published_at": found.published_at,
            "new_path": None,
        }


def _keep(uow: UnitOfWork, rows: Iterable[Row]) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS:
            uow.session.execute(insert(OldItem), batch)
            batch = []
    if batch:
        uow.session.execute(insert(OldItem), batch)
