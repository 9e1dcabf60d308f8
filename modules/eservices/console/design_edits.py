"""Pages that change a design: what was typed is kept, or shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered
from obshto.modules.eservices.errors import DesignChanged
from obshto.modules.eservices.forms.designer import DesignForm
from obshto.modules.eservices.models import DesignedService
from obshto.modules.eservices.services.design import designs
from obshto.modules.eservices.services.design.compiler import Design
from obshto.platform.errors import DomainError
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

Change = Callable[[Design], Any]
After = Callable[[Any], Response | None]


def design_here(row_id: UUID) -> tuple[DesignedService, Design]:
    """The design, locked while it is changed."""
    to_change = request.method == "POST"
    row = designs.design_row(current_uow(), row_id, to_change=to_change)
    return row, designs.read_design(row)


def edited(
    form: DesignForm,
    row: DesignedService,
    change: Change,
    page: str,
    *,
    after: After = lambda _: None,
    **shown: Any,
) -> Answer:
    """Keep what was typed, or show it again with what is wrong.

    `after` says where it goes on of what `change` answered; None: to the page of the service.
    """
    if form.validate_on_submit():
        try:
            made = designs.change_design(
                current_uow(), row, change, expected_version=form.expected_version.data
            )
            saved = "eservices.design-saved"
            return after(made) or see_other(".own_service", row_id=row.id, said=saved)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            if isinstance(refusal, DesignChanged):
                form.expected_version.data = row.version
    if not form.is_submitted():
        form.expected_version.data = row.version
    return answered(form, render_template(f"eservices/{page}", form=form, row=row, **shown))
