"""Staff pages of the coat of arms."""

from __future__ import annotations

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused
from obshto.platform.unit_of_work import open_uow
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal
from obshto.platform.web.uploads import takes_files
from obshto.tenants.appearance.emblems import NONE, activate_logo, put_emblem
from obshto.tenants.appearance.forms import EmblemForm
from obshto.tenants.appearance.permissions import AppearancePermission
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.portal.theming import worn_address
from obshto.tenants.request_gate import current_municipality

emblem = Blueprint("emblem", __name__)


@emblem.route("/", methods=["GET", "POST"])
@requires(AppearancePermission.CHANGE)
@takes_files
def show() -> str | tuple[str, int] | Response:
    here = _here()
    form = EmblemForm(expected_version=here.edits)
    if form.validate_on_submit():
        try:
            with open_uow(None, current_principal()) as region:
                put_emblem(
                    region,
                    here.slug,
                    form.file.data.stream,
                    expected_version=form.expected_version.data,
                )
            return see_other(".show", said="tenants.emblem-changed")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = here.edits  # told once: who saves again has seen it
    shown = {"here": here, "shield_tag": NONE, "worn": worn_address}
    return filled("tenants/emblem.html", form, **shown)


@emblem.post("/<fingerprint>/wear")
@requires(AppearancePermission.CHANGE)
def wear(fingerprint: str) -> Response:
    with open_uow(None, current_principal()) as region:
        activate_logo(region, _here().slug, fingerprint, expected_version=seen_here())
    return see_other(".show", said="tenants.emblem-changed")


def _here() -> Municipality:
    return current_municipality() or abort(404)
