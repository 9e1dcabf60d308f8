"""Budget of a year out of a table: looked at first, then all of it or nothing."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.projects.console.tables import Answer, answer_to
from obshto.modules.projects.forms.staff_work import BudgetForm
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services.accounts import packed, rows_in, unpacked
from obshto.modules.projects.services.budget import (
    BUDGET_COLUMNS,
    BUDGET_KINDS,
    CHANGES,
    DONE,
    budget_of,
    budget_years,
    judged_lines,
    take_budget,
)
from obshto.platform.storage.sheets import Cell, cells_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

budget = Blueprint("budget", __name__)
OPTIONAL = (CHANGES, DONE)
NOTHING = Cell("")
OWN_FIELDS = ("csrf_token", "request_id", "expected_version", "rows")


@budget.route("/budget", methods=["GET", "POST"])
@requires(ProjectsPermission.FUND)
@takes_files
def bring() -> Answer:
    """A table of functions, looked at first; then it is the budget of its year."""
    form = BudgetForm()
    answer = answer_to(form, preview=lambda: _preview(form), take=lambda: _take(form))
    if answer is not None:
        return answer
    years = budget_years(current_uow())
    return filled("projects/budget_bring.html", form, columns=BUDGET_COLUMNS.values(), years=years)


def _preview(form: BudgetForm) -> Answer:
    sent, head = form.file.data, form.head()
    told = rows_in(cells_of(sent.stream, name=sent.filename or ""), BUDGET_COLUMNS, OPTIONAL)
    whole = [(number, {**dict.fromkeys(OPTIONAL, NOTHING), **row}) for number, row in told]
    rows = judged_lines(whole, head)
    wrong, before = [row for row in rows if row.wrong], budget_of(current_uow(), head.year)
    page = render_template(
        "projects/budget_preview.html",
        form=form,
        head=head,
        before=before,
        columns=BUDGET_COLUMNS,
        kinds=BUDGET_KINDS,
        rows=wrong or rows,
        wrong=len(wrong),
        total=len(rows),
        packed="" if wrong else packed(rows),
        kept=[pair for pair in request.form.items(multi=True) if pair[0] not in OWN_FIELDS],
    )
    return (page, 422) if wrong else page


def _take(form: BudgetForm) -> Response:
    rows = unpacked(form.rows.data, BUDGET_COLUMNS, OPTIONAL)
    seen = form.expected_version.data
    is_new = take_budget(current_uow(), form.head(), rows, expected_version=seen)
    return see_other(".bring", said="projects.budget" if is_new else "projects.budget-before")
