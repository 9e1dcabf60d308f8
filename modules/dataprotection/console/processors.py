"""Contracts with processors: list, file, entry."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from obshto.modules.dataprotection.console.blueprint import Answer, console
from obshto.modules.dataprotection.forms import ProcessorForm
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import processors
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

READ, MANAGE = DataProtectionPermission.READ, DataProtectionPermission.MANAGE


@console.get("/processors")
@requires(READ)
def processor_list() -> str:
    uow = current_uow()
    page = paginate(uow.session, processors.contracts(), page_number())
    today = day_of(uow.now)
    soon = today + timedelta(days=processors.SOON_DAYS)
    shown = {"page": page, "today": today, "soon": soon}
    return render_template(
        "dataprotection/processors.html", may_manage=uow.principal.may(MANAGE), **shown
    )


@console.get("/processors.csv")
@requires(READ)
def processor_file() -> Response:
    head = [_("Кой обработва данните"), _("Какво прави с данните"), _("За връзка")]
    head += [_("Договор от"), _("Важи до")]
    rows = (
        (
            *(row.name, row.service, row.contact, row.signed_on.isoformat()),
            row.ends_on.isoformat() if row.ends_on else "",
        )
        for row in processors.all_contracts(current_uow())
    )
    return csv_file("processors.csv", head, rows)


@console.route("/processors/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_processor() -> Answer:
    form = ProcessorForm()
    if form.validate_on_submit():
        key = form.request_id.data
        processors.enter_processor(current_uow(), form.words(), request_id=key)
        return see_other(".processor_list", said="dataprotection.contract-kept")
    return filled("dataprotection/processor.html", form, row=None)


@console.route("/processors/<uuid:processor_id>", methods=["GET", "POST"])
@requires(MANAGE)
def processor(processor_id: UUID) -> Answer:
    row = processors.processor_of(current_uow(), processor_id)
    form = ProcessorForm(obj=row)
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            processors.change_processor(current_uow(), row, form.words(), expected_version=seen)
            return see_other(".processor_list", said="dataprotection.contract-kept")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("dataprotection/processor.html", form, row=row)


@console.post("/processors/<uuid:processor_id>/remove")
@requires(MANAGE)
def remove_processor(processor_id: UUID) -> Response:
    row = processors.processor_of(current_uow(), processor_id)
    processors.remove_processor(current_uow(), row, expected_version=seen_here())
    return see_other(".processor_list", said="dataprotection.contract-removed")
