"""The settings pages, one for each part that has any."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from obshto.platform.errors import Conflict
from obshto.platform.modularity.registry import components_here
from obshto.platform.settings.forms import form_of
from obshto.platform.settings.permissions import SettingsPermission
from obshto.platform.settings.services import checked, save_settings, settings_of, version_of
from obshto.platform.web.access import requires
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("settings_console", __name__)


@console.get("/")
@requires(SettingsPermission.CHANGE)
def index() -> str:
    parts = [part for part in components_here() if part.settings]
    return render_template("settings/index.html", parts=parts)


@console.route("/<slug>", methods=["GET", "POST"])
@requires(SettingsPermission.CHANGE)
def change(slug: str) -> str | tuple[str, int] | Response:
    part = next((part for part in components_here() if part.slug == slug), None) or abort(404)
    shape = part.settings or abort(404)
    uow = current_uow()
    version = {"expected_version": version_of(uow, slug)}
    form = form_of(shape)(obj=settings_of(uow, slug, shape), data=version)
    if form.validate_on_submit():
        try:
            expected = form.expected_version.data
            save_settings(uow, slug, checked(shape, form.values()), expected_version=expected)
            return see_other("settings_console.index", said="settings.saved")
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = version_of(uow, slug)
    page = render_template("settings/change.html", part=part, form=form)
    return (page, 422) if form.errors or form.form_errors else page
