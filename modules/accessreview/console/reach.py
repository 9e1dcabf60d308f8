"""Reach of roles, and their use."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.accessreview.console.blueprint import console
from obshto.modules.accessreview.permissions import AccessReviewPermission
from obshto.modules.accessreview.services import papers, reach, usage
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.pagination import page_number, page_of_rows
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import people_of, role_holdings

READ = AccessReviewPermission.READ


@console.get("/")
@requires(READ)
def index() -> str:
    """Roles and kinds of data."""
    reaches = reach.reaches_here(current_uow())
    return render_template(
        "accessreview/reach.html", reaches=reaches, kinds=reach.KINDS, is_own=reach.is_own
    )


@console.get("/reach.csv")
@requires(READ)
def reach_file() -> Response:
    return csv_file("access.csv", *papers.reach_table(reach.reaches_here(current_uow())))


@console.get("/roles/<role>")
@requires(READ)
def role(role: str) -> str:
    """Areas of a role, its permissions in words, the law, who holds it."""
    uow = current_uow()
    found = reach.reach_named(uow, role)
    ids = {one.person_id for one in role_holdings(uow) if one.role.value == role}
    names = sorted((one.name for one in people_of(ids).values()), key=str.casefold)
    return render_template(
        "accessreview/role.html",
        reach=found,
        names=names,
        kinds=reach.KINDS,
        is_own=reach.is_own(found.role),
    )


@console.get("/use")
@requires(READ)
def use() -> str:
    """Each role of each member of staff with its last use; all, or the unused."""
    uses = _chosen()
    return render_template(
        "accessreview/use.html",
        page=page_of_rows(uses, page_number()),
        chosen=request.args.get("list", "all"),
        is_own=reach.is_own,
    )


@console.get("/use.csv")
@requires(READ)
def use_file() -> Response:
    return csv_file("roles-in-use.csv", *papers.use_table(_chosen()))


def _chosen() -> list[usage.RoleUse]:
    chosen = request.args.get("list", "all")
    if chosen not in ("all", "unused"):
        abort(404)
    uses = usage.uses_here(current_uow())
    return [one for one in uses if chosen == "all" or one.state is usage.UseState.UNUSED]
