"""Index rows of councillors and of their questions. Decisions are found with their session."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import select

from obshto.modules.council.events import CouncillorSaved, InquiryAnswered, InquiryEntered
from obshto.modules.council.models import Councillor, Inquiry
from obshto.modules.council.services.page_context import names_of
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Two queries."""
    names = names_of(uow)
    for one in names.values():
        if ids is None or one.id in ids:
            yield _councillor(uow, one)
    rows = select(Inquiry)
    if ids is not None:
        rows = rows.where(Inquiry.id.in_(ids))
    for row in uow.session.scalars(rows):
        asked_at = datetime.combine(row.asked_on, time(), SOFIA)
        yield PublicEntry(
            object_id=row.id,
            kind="councillor_question",
            title=row.title,
            path=row.path,
            published_at=min(asked_at, uow.now),
            language=SOURCE,
            text=f"{names[row.councillor_id].name}. {row.words} {row.answer}".strip(),
        )


def _councillor(uow: UnitOfWork, one: Councillor) -> PublicEntry:
    begun = datetime.combine(one.begins_on, time(), SOFIA)
    return PublicEntry(
        object_id=one.id,
        kind="councillor",
        title=one.name,
        path=one.path,
        published_at=min(begun, uow.now),
        language=SOURCE,
        text=f"Общински съветник. {one.party}".strip(),
    )


SEARCH = PublicEntries(
    facts=frozenset((CouncillorSaved, InquiryEntered, InquiryAnswered)), of=entries_of
)
