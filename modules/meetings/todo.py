"""Meetings and questions that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import queries, questions
from obshto.modules.meetings.services.call_desk import CALL_DESK
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, day_in_sofia

PLAN, INDEX = MeetingsPermission.PLAN, "meetings_console.index"
TODO = (
    CALL_DESK.todo(),
    Todo(
        kind=TodoKind.APPROVE,
        label=_("Въпроси към срещи"),
        permission=MeetingsPermission.MODERATE,
        endpoint="meetings_console.question_queue",
        rows=lambda uow: questions.waiting(),
    ),
    Todo(
        kind=TodoKind.DRAFT,
        label=_("Срещи и заседания"),
        permission=PLAN,
        endpoint=INDEX,
        arguments={"list": "drafts"},
        rows=lambda uow: queries.drafts(),
    ),
)
DUE = (
    DueDays(
        label=_("Среща или заседание"),
        permission=PLAN,
        endpoint=INDEX,
        days=lambda uow: (
            queries.planned(uow).order_by(None).with_only_columns(day_in_sofia(Meeting.starts_at))
        ),
    ),
)
