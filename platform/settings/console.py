"""The settings pages, drawn from the dataclass of each part."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_type_hints

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField, Field, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from obshto.platform.modularity.registry import parts_here
from obshto.platform.settings.permissions import SettingsPermission
from obshto.platform.settings.services import checked, save_settings, settings_of
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import FlaskForm
from obshto.platform.web.moves import see_other

console = Blueprint("settings_console", __name__)


@console.get("/")
@requires(SettingsPermission.CHANGE)
def index() -> str:
    parts = [part for part in parts_here() if part.settings]
    return render_template("settings/index.html", parts=parts)


@console.route("/<slug>", methods=["GET", "POST"])
@requires(SettingsPermission.CHANGE)
def change(slug: str) -> str | tuple[str, int] | Response:
    part = next((part for part in parts_here() if part.slug == slug), None) or abort(404)
    shape = part.settings or abort(404)
    form = form_of(shape)(obj=settings_of(current_work(), slug, shape))
    if form.validate_on_submit():
        save_settings(current_work(), slug, checked(shape, form.data))
        return see_other("settings_console.index", said="settings.saved")
    page = render_template("settings/change.html", part=part, form=form)
    return (page, 422) if form.errors else page


def form_of(shape: type) -> type[FlaskForm]:
    """A form with a field for each setting. Its label and bounds stand in the field's metadata."""
    types = get_type_hints(shape)
    drawn = {field.name: _field(types[field.name], field.metadata) for field in fields(shape)}
    return type(f"{shape.__name__}Form", (FlaskForm,), drawn)


def _field(kind: type, about: Any) -> Field:
    if kind is bool:
        return BooleanField(about["label"])
    if kind is int:
        bounds = NumberRange(about["least"], about["most"], message=about["error"])
        return IntegerField(about["label"], [InputRequired(about["error"]), bounds])
    return StringField(about["label"], [Length(max=about["most"], message=about["error"])])
