"""Intake of meetings: what people asked for becomes a point of an agenda."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString

from obshto.modules.meetings.errors import NoSuchMeeting
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services.agenda import AgendaPoint, add_item
from obshto.modules.meetings.services.queries import meeting_of, planned
from obshto.platform.modularity.intakes import HandedOn, TakenUp
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE, speaking

SHOWN = 20  # meetings that are offered, the next ones


class AgendaDesk:
    """Of each meeting that is planned; its kinds are their ids."""

    permission = MeetingsPermission.PLAN

    def kinds(self, uow: UnitOfWork) -> Mapping[str, LazyString | str]:
        rows = uow.session.scalars(planned(uow).limit(SHOWN))
        with speaking(SOURCE):  # a title is the municipality's words, so the day beside it is too
            return {str(row.id): f"{row.title}, {day(row.starts_at)}" for row in rows}

    def take_up(self, uow: UnitOfWork, handed: HandedOn, *, request_id: UUID) -> TakenUp:
        if handed.kind not in self.kinds(uow):
            raise NoSuchMeeting
        meeting = meeting_of(uow, UUID(handed.kind), to_change=True)
        point = AgendaPoint(title=handed.title, source=handed.source)
        add_item(uow, meeting, point, request_id=request_id)
        desk = f"/console/meetings/{meeting.id}"
        return TakenUp("", meeting.path, desk, ("meetings", meeting.id))
