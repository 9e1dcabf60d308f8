"""Tree of a design: steps, questions and what each answer opens, on one page to be printed."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from obshto.modules.eservices.console.blueprint import console
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.design import designs
from obshto.modules.eservices.services.design.branches import tree_of
from obshto.platform.web.access import requires
from obshto.platform.web.request_uow import current_uow


@console.get("/own/<uuid:row_id>/tree")
@requires(ServicesPermission.DESIGN)
def design_tree(row_id: UUID) -> str:
    row = designs.design_row(current_uow(), row_id)
    steps, papers = tree_of(designs.read_design(row))
    return render_template("eservices/design_tree.html", row=row, steps=steps, papers=papers)
