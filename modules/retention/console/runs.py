"""Proofs: list, one of them, table, paper."""

from __future__ import annotations

from itertools import chain
from uuid import UUID

from flask import render_template, request
from sqlalchemy import Select
from werkzeug.wrappers import Response

from obshto.modules.retention.console.blueprint import console
from obshto.modules.retention.permissions import RetentionPermission
from obshto.modules.retention.services import calendar, runs
from obshto.platform.privacy.models import RetentionRun
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow

READ, OUTSIDE = RetentionPermission.READ, 30  # runs outside the tables that the page tells


@console.get("/runs")
@requires(READ)
def run_list() -> str:
    """Runs that took something, the newest first; of one rule, or of all."""
    rules = calendar.rules_here()
    page = paginate(current_uow().session, _wanted(rules), page_number())
    return render_template(
        "retention/runs.html",
        page=page,
        outside=calendar.outside_runs(current_uow())[:OUTSIDE],
        names=runs.names_of(rules),
        rules=[rule for rule in rules if rule.jobs],
        chosen=request.args.get("rule", ""),
        is_all=_is_all(),
        took=runs.took,
    )


@console.get("/runs/<uuid:run_id>")
@requires(READ)
def run(run_id: UUID) -> str:
    """One proof, table by table."""
    row = runs.run_of(current_uow(), run_id)
    rule = runs.names_of(calendar.rules_here()).get(row.job)
    return render_template("retention/run.html", row=row, rule=rule, took=runs.took)


@console.get("/runs.csv")
@requires(READ)
def run_table() -> Response:
    rules = calendar.rules_here()
    uow = current_uow()
    rows = chain(runs.table_rows(uow, rules, _wanted(rules)), runs.outside_rows(uow))
    return csv_file("retention-proofs.csv", runs.table_head(), rows)


@console.get("/runs.pdf")
@requires(READ)
def run_paper() -> Response:
    rules = calendar.rules_here()
    body = runs.proof_pdf(current_uow(), rules, _wanted(rules))
    return private_pdf("retention-proofs", body)


def _wanted(rules: list[calendar.CalendarRule]) -> Select[RetentionRun]:
    """As the reader chose in the address; an unknown rule means all."""
    key = request.args.get("rule", "")
    rule = next((one for one in rules if one.key == key and one.jobs), None)
    return runs.runs(rule, all_runs=_is_all())


def _is_all() -> bool:
    return request.args.get("all") == "1"
