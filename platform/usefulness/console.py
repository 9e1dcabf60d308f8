"""Staff page: what readers found useful, and what not."""

from __future__ import annotations

from flask import Blueprint, render_template

from obshto.platform.usefulness.permissions import UsefulnessPermission
from obshto.platform.usefulness.services import tallies_here
from obshto.platform.web.access import requires
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, page_of_rows
from obshto.platform.web.request_uow import current_uow

console = Blueprint("usefulness_console", __name__)


@console.get("/")
@requires(UsefulnessPermission.SEE)
def index() -> str:
    """Twenty a page, what helped fewest first."""
    page = page_of_rows(tallies_here(current_uow(), current_language()), page_number())
    return render_template("usefulness/index.html", page=page)
