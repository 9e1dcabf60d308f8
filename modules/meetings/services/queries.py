"""Find meetings: for citizens what shows now, for staff all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import defer

from obshto.modules.meetings.errors import NoSuchAgendaItem, NoSuchMeeting
from obshto.modules.meetings.models import AgendaItem, Meeting
from obshto.modules.meetings.services.kind import KIND
from obshto.platform.publication_window import shows
from obshto.platform.soft_delete import row_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import named_settlements

MOST = 500  # meetings that one answer tells of
LIGHT = (defer(Meeting.html), defer(Meeting.markdown))  # what a list leaves out
Names = Mapping[str, Mapping[str, str]]


def public(uow: UnitOfWork) -> Select[Meeting]:
    """Public meetings, past ones too."""
    return KIND.originals().where(shows(Meeting, uow.now))


def coming(uow: UnitOfWork, *, kind: str = "", place: str = "") -> Select[Meeting]:
    """Public ones that are not over, the next first."""
    rows = public(uow).where(Meeting.ends_at > uow.now, *_chosen(kind, place))
    return rows.order_by(Meeting.starts_at, Meeting.id).options(*LIGHT)


def past(uow: UnitOfWork, *, kind: str = "", place: str = "") -> Select[Meeting]:
    """Public ones that are over, the latest first."""
    rows = public(uow).where(Meeting.ends_at <= uow.now, *_chosen(kind, place))
    return rows.order_by(Meeting.starts_at.desc(), Meeting.id).options(*LIGHT)


def meetings_between(
    uow: UnitOfWork, begin: datetime, end: datetime, *, kind: str = "", place: str = ""
) -> Sequence[Meeting]:
    """Public ones that touch the span, in their order. One query."""
    touching = (Meeting.starts_at < end, Meeting.ends_at > begin)
    rows = public(uow).where(*touching, *_chosen(kind, place)).options(*LIGHT)
    return uow.session.scalars(rows.order_by(Meeting.starts_at, Meeting.id).limit(MOST)).all()


def planned(uow: UnitOfWork) -> Select[Meeting]:
    """For staff: published and not over."""
    rows = _published().where(Meeting.ends_at > uow.now)
    return rows.order_by(Meeting.starts_at, Meeting.id)


def held(uow: UnitOfWork) -> Select[Meeting]:
    """For staff: published and over, the latest first."""
    rows = _published().where(Meeting.ends_at <= uow.now)
    return rows.order_by(Meeting.starts_at.desc(), Meeting.id)


def drafts() -> Select[Meeting]:
    """Drafts, last changed first."""
    rows = KIND.originals().where(Meeting.published_at.is_(None), Meeting.deleted_at.is_(None))
    return rows.order_by(Meeting.changed_at.desc(), Meeting.id)


def deleted() -> Select[Meeting]:
    """Deleted drafts, last deleted first."""
    rows = KIND.originals().where(Meeting.deleted_at.is_not(None))
    return rows.order_by(Meeting.deleted_at.desc(), Meeting.id)


def meeting_of(
    uow: UnitOfWork, meeting_id: UUID, *, to_change: bool = False, or_deleted: bool = False
) -> Meeting:
    """For staff; `to_change` makes others wait. Raises NoSuchMeeting."""
    wanted = {"to_change": to_change, "or_deleted": or_deleted}
    return row_of(uow, KIND.originals(), meeting_id, missing=NoSuchMeeting, **wanted)


def public_meeting(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """For everybody. Raises NoSuchMeeting for what does not show now as for what never was."""
    found = uow.session.scalar(public(uow).where(Meeting.id == meeting_id))
    if found is None:
        raise NoSuchMeeting
    return found


def next_turn(uow: UnitOfWork) -> datetime | None:
    """The next moment at which the clock shows or hides a meeting. One query."""
    shown = func.min(Meeting.published_at).filter(Meeting.published_at > uow.now)
    hidden = func.min(Meeting.until).filter(Meeting.until > uow.now)
    rows = select(func.least(shown, hidden)).where(Meeting.deleted_at.is_(None))
    return uow.session.scalar(rows)


def items_of(uow: UnitOfWork, meeting_id: UUID) -> Sequence[AgendaItem]:
    """The agenda in its order. One query."""
    rows = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return uow.session.scalars(rows.order_by(AgendaItem.position, AgendaItem.id)).all()


def item_of(uow: UnitOfWork, item_id: UUID, *, to_change: bool = False) -> AgendaItem:
    """A point of a meeting that is there. Raises NoSuchAgendaItem, NoSuchMeeting."""
    found = uow.session.get(AgendaItem, item_id)
    if found is None:
        raise NoSuchAgendaItem
    meeting_of(uow, found.meeting_id, to_change=to_change)
    if to_change:
        uow.session.refresh(found, with_for_update=True)
    return found


def titles_of(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, Meeting]:
    """Meetings by their id, without their long texts. One query."""
    if not ids:
        return {}
    rows = select(Meeting).where(Meeting.id.in_(ids)).options(*LIGHT)
    return {meeting.id: meeting for meeting in uow.session.scalars(rows)}


def settlements_here(uow: UnitOfWork) -> Names:
    """Names by EKATTE code and language, the seat first. One read."""
    return named_settlements(uow.scope.slug)


def place_of(code: str, names: Names, language: str) -> str:
    """A settlement by name; empty for none."""
    name = names.get(code, {})
    return name.get(language) or name.get(SOURCE, "")


def _published() -> Select[Meeting]:
    rows = KIND.originals().where(Meeting.published_at.is_not(None), Meeting.deleted_at.is_(None))
    return rows.options(*LIGHT)


def _chosen(kind: str, place: str) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [Meeting.kind == kind] if kind else []
    # What is for the whole municipality is for each of its places.
    return chosen + ([Meeting.settlement.in_(("", place))] if place else [])
