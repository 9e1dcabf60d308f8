"""One municipality in depth; the backups of all."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, render_template, request
from sqlalchemy import select

from obshto.ops.dashboard.charts import chart
from obshto.ops.dashboard.health import health_of, storage_over_time
from obshto.ops.dashboard.measures import Period, over_time, pages_of
from obshto.ops.models import BackupRun, Beside, Restoration
from obshto.ops.onboarding.checklist import TITLES
from obshto.platform.web.access import requires
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import RegionPermission, municipalities

desk = Blueprint("desk", __name__)
RUNS = 60
RELEASE = version("obshto")


@desk.get("/municipalities/<slug>")
@requires(RegionPermission.SEE)
def show(slug: str) -> str:
    uow, period = current_uow(), _period()
    here = health_of(uow, slug)
    steps = over_time(uow, slug, period)
    return render_template(
        "ops/municipality.html",
        here=here,
        release=RELEASE,
        checklist=TITLES,
        period=period,
        periods=Period,
        steps=steps,
        requests=chart([(at, it.requests, it.errors) for at, it in steps]),
        slowness=chart([(at, round(it.p95 or 0), 0) for at, it in steps]),
        pages=pages_of(uow, slug, period),
        storage=storage_over_time(uow, slug),
    )


@desk.get("/backups")
@requires(RegionPermission.SEE)
def backups() -> str:
    session = current_uow().session
    waiting = select(Restoration).where(Restoration.state.in_([Beside.READY, Beside.FILLING]))
    return render_template(
        "ops/backups.html",
        runs=session.scalars(select(BackupRun).order_by(BackupRun.at.desc()).limit(RUNS)).all(),
        waiting=session.scalars(waiting.order_by(Restoration.begun_at)).all(),
        beside=Beside,
        names={tenant.slug: tenant.names for tenant in municipalities()},
    )


def _period() -> Period:
    asked = request.args.get("period", "")
    return Period(asked) if asked in list(Period) else Period.DAY
