"""Staff pages of networks that the portal shows."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from obshto.modules.feeds.console.posts import Answer, console
from obshto.modules.feeds.forms.channels import SourceForm
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services import sources
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.route("/sources/new", methods=["GET", "POST"])
@requires(FeedsPermission.CONNECT)
def add_source() -> Answer:
    form = SourceForm()
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            sources.add_source(current_uow(), form.wanted(), request_id=request_id)
            return see_other("feeds_console.list_channels", said="feeds.source-added")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("feeds/add_source.html", form)


@console.get("/sources/<uuid:source_id>/remove")
@requires(FeedsPermission.CONNECT)
def ask_to_remove_source(source_id: UUID) -> str:
    source = sources.source_of(current_uow(), source_id)
    return render_template("feeds/remove_source.html", source=source)


@console.post("/sources/<uuid:source_id>/remove")
@requires(FeedsPermission.CONNECT)
def remove_source(source_id: UUID) -> Response:
    uow = current_uow()
    source = sources.source_of(uow, source_id, to_change=True)
    sources.remove_source(uow, source, expected_version=seen_here())
    return see_other("feeds_console.list_channels", said="feeds.source-removed")
