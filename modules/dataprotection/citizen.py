"""The municipality's policy on personal data, made of the register that the mayor approved."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.dataprotection.models import RegisterVersion
from obshto.modules.dataprotection.services import versions
from obshto.modules.dataprotection.services.activities import COLUMNS
from obshto.modules.dataprotection.services.sheet import register_pdf
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import public_pdf
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("dataprotection_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    """The policy in force, with what the last approval changed."""
    row = versions.version_in_force(current_uow())
    return render_template("dataprotection/policy.html", **_whole(row))


@citizen.get("/versions/<int:number>")
@open_to_all
def version(number: int) -> str:
    """The policy as it was."""
    row = versions.approved_version(current_uow(), number)
    return render_template("dataprotection/policy.html", **_whole(row))


@citizen.get("/versions/<int:number>.pdf")
@open_to_all
def version_file(number: int) -> Response:
    """The approved register, on paper."""
    uow = current_uow()
    row = versions.approved_version(uow, number)
    return public_pdf(f"register-{number}", register_pdf(uow, row))


def _whole(row: RegisterVersion | None) -> dict[str, Any]:
    uow = current_uow()
    before = versions.previous_to(uow, row) if row else None
    return {
        "row": row,
        "changes": versions.changes_between(before.entries, row.entries) if row and before else [],
        "columns": COLUMNS,
        "approved": versions.approved_versions(uow),
    }
