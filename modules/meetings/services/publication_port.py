"""Public meetings as whoever hands them on to programs meets them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func, select

from obshto.modules.meetings.models import (
    AgendaItem,
    Decision,
    Meeting,
    MeetingFile,
    MinuteEntry,
    MinuteRecord,
)
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.kinds import COUNCIL, KINDS
from obshto.platform.clock import day_of
from obshto.platform.modularity.council_publication import (
    PublishedDecision,
    PublishedFile,
    PublishedMeeting,
    PublishedPoint,
)
from obshto.platform.storage.models import StoredFile
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

PDF = "application/pdf"


class MeetingPublisher:
    """Supplies `MeetingPublication`."""

    def meetings(self, uow: UnitOfWork) -> Sequence[PublishedMeeting]:
        rows = queries.public(uow).options(*queries.LIGHT).order_by(Meeting.id)
        found = uow.session.scalars(rows).all()
        teller = _Teller(uow, {meeting.id for meeting in found})
        return [teller.tell(meeting) for meeting in found]

    def showing(self, uow: UnitOfWork) -> Collection[UUID]:
        return set(uow.session.scalars(queries.public(uow).with_only_columns(Meeting.id)))


class _Teller:
    """Reads what belongs to all of them at once, then tells one by one."""

    def __init__(self, uow: UnitOfWork, ids: Collection[UUID]) -> None:
        items = select(AgendaItem.meeting_id, AgendaItem).where(AgendaItem.meeting_id.in_(ids))
        in_order = items.order_by(AgendaItem.position, AgendaItem.id)
        self.items = _grouped(uow.session.execute(in_order))
        taken = select(MinuteEntry.item_id, Decision).join(Decision)
        taken = taken.where(Decision.meeting_id.in_(ids)).order_by(Decision.id)
        self.decisions = _grouped(uow.session.execute(taken))
        files = select(MeetingFile.text_id, MeetingFile, StoredFile)
        files = files.join(StoredFile, StoredFile.id == MeetingFile.file_id)
        files = files.where(MeetingFile.text_id.in_(ids), MeetingFile.is_picture.is_(False))
        self.files = _grouped(uow.session.execute(files.order_by(MeetingFile.id)))
        last = select(MinuteRecord.meeting_id, func.max(MinuteRecord.published_at))
        last = last.where(MinuteRecord.meeting_id.in_(ids)).group_by(MinuteRecord.meeting_id)
        self.records = _grouped(uow.session.execute(last))

    def tell(self, meeting: Meeting) -> PublishedMeeting:
        return PublishedMeeting(
            id=meeting.id,
            title=meeting.title,
            kind=KINDS[meeting.kind].title(SOURCE),
            is_of_council=meeting.kind == COUNCIL,
            settlement=meeting.settlement,
            address=meeting.address,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            is_cancelled=meeting.cancelled_at is not None,
            path=meeting.path,
            points=tuple(
                self._point(number, *row)
                for number, row in enumerate(self.items.get(meeting.id, ()), 1)
            ),
            files=tuple(_file(meeting, *row) for row in self.files.get(meeting.id, ())),
            minutes=self._minutes(meeting),
        )

    def _point(self, number: int, item: AgendaItem) -> PublishedPoint:
        taken = tuple(
            PublishedDecision(id=row.id, number=row.number, text=row.text)
            for (row,) in self.decisions.get(item.id, ())
        )
        return PublishedPoint(id=item.id, number=number, title=item.title, decisions=taken)

    def _minutes(self, meeting: Meeting) -> PublishedFile | None:
        if meeting.id not in self.records:
            return None
        ((published_at,),) = self.records[meeting.id]
        path = f"{meeting.path}/minutes"
        return PublishedFile(
            id=uuid5(meeting.id, "minutes"),
            title="Протокол",
            mime=PDF,
            name="protokol.pdf",
            path=f"{path}.pdf?inline=1",
            download=f"{path}.pdf",
            page=path,
            on=day_of(published_at),
        )


def _file(meeting: Meeting, row: MeetingFile, stored: StoredFile) -> PublishedFile:
    return PublishedFile(
        id=row.id,
        title=row.title,
        mime=stored.mime,
        name=stored.name,
        size=stored.size,
        path=f"{row.path}?inline=1",
        download=row.path,
        page=meeting.path,
        on=day_of(row.added_at),
    )


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for key, *row in rows:
        found.setdefault(key, []).append(row)
    return found
