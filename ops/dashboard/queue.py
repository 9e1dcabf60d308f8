"""The queue of background jobs: look, try again, let go; each with a reason that is logged."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.ops.dashboard.acts import discard, expected_name, retry
from obshto.ops.forms import DiscardForm, RetryForm
from obshto.platform.errors import NotFound
from obshto.platform.jobs.services import SHOWN, QueuedJob, find_job, jobs_of
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import SIZE, Page, page_number
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import RegionPermission, municipalities

queue = Blueprint("queue", __name__)
MOST_ID = 2**63 - 1  # of a bigint


@queue.get("/jobs")
@requires(RegionPermission.SEE)
def index() -> str:
    everyone = {tenant.slug: tenant.names for tenant in municipalities()}
    state, place = request.args.get("state", ""), request.args.get("place", "")
    state, place = (state if state in SHOWN else ""), (place if place in everyone else "")
    number = page_number()
    rows, total = jobs_of(
        current_uow(),
        status=state or None,
        place=place or None,
        size=SIZE,
        skip=(number - 1) * SIZE,
    )
    page = Page(list(rows), number, total)
    return render_template(
        "ops/jobs.html", page=page, everyone=everyone, state=state, place=place, states=SHOWN
    )


@queue.route("/jobs/<int:job_id>/retry", methods=["GET", "POST"])
@requires(RegionPermission.OPERATE)
def try_again(job_id: int) -> str | tuple[str, int] | Response:
    job, form = _job(job_id), RetryForm()
    if form.validate_on_submit():
        retry(
            current_uow(),
            job,
            expected_version=form.expected_version.data,
            reason=form.reason.data.strip(),
        )
        return see_other(".index", said="ops.retried")
    page = render_template("ops/job.html", form=form, job=job, name=expected_name(job))
    return (page, 422) if form.errors else page


@queue.route("/jobs/<int:job_id>/discard", methods=["GET", "POST"])
@requires(RegionPermission.OPERATE)
def let_go(job_id: int) -> str | tuple[str, int] | Response:
    job = _job(job_id)
    form = DiscardForm(expected=expected_name(job))
    if form.validate_on_submit():
        discard(
            current_uow(),
            job,
            expected_version=form.expected_version.data,
            reason=form.reason.data.strip(),
        )
        return see_other(".index", said="ops.discarded")
    page = render_template("ops/job.html", form=form, job=job, name=expected_name(job))
    return (page, 422) if form.errors else page


def _job(job_id: int) -> QueuedJob:
    if job_id > MOST_ID:
        raise NotFound
    return find_job(current_uow(), job_id)
