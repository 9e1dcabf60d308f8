"""Outcomes of meetings: what the municipality answers to what was said at them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func

from obshto.modules.meetings.models import Meeting, MeetingReport
from obshto.modules.meetings.services.queries import public
from obshto.platform.modularity.public_outcomes import PublicOutcomes, outcome_rows
from obshto.platform.unit_of_work import UnitOfWork


def _rows(uow: UnitOfWork) -> Select[tuple[object, ...]]:
    shown = public(uow).order_by(None).with_only_columns(Meeting.id)
    return (
        outcome_rows(
            id=Meeting.id,
            title=Meeting.title,
            told=func.coalesce(func.nullif(MeetingReport.reply, ""), MeetingReport.words),
            place=Meeting.settlement,
            at=MeetingReport.published_at,
        )
        .join(MeetingReport, MeetingReport.meeting_id == Meeting.id)
        .where(Meeting.id.in_(shown))
    )


OUTCOMES = (
    PublicOutcomes(
        word="meeting",
        label=_("Среща"),
        endpoint="meetings_citizen.show",
        argument="meeting_id",
        rows=_rows,
    ),
)
