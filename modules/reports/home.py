"""Today's line of reports: the latest that was mended."""

from __future__ import annotations

from datetime import timedelta

from flask import url_for
from flask_babel import gettext

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.kinds import kind_of
from obshto.modules.reports.services.queries import public
from obshto.modules.reports.services.states import CONFIRMED, FIXED
from obshto.platform.modularity.manifest import Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.validity import keep_until

RECENT = timedelta(days=3)


def latest_fix(uow: UnitOfWork) -> Today | None:
    """Nothing where nothing was mended these days. One query."""
    fixed = public().where(Report.state.in_((FIXED, CONFIRMED)))
    fixed = fixed.where(Report.ended_at > uow.now - RECENT).order_by(None)
    report = uow.session.scalars(fixed.order_by(Report.ended_at.desc(), Report.id).limit(1)).first()
    keep_until(report.ended_at + RECENT if report and report.ended_at else None)
    if report is None:
        return None
    return Today(
        title=gettext("Решен сигнал"),
        text=str(kind_of(report).title),
        path=url_for("reports_citizen.show", report_id=report.id),
        tone="good",
        weight=60,
    )
