"""The electronic seal of the municipality: put, looked at, removed."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console
from obshto.modules.eservices.forms.seal import SealForm
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.seal_move import move_seals
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.clock import day_of
from obshto.platform.documents import seals
from obshto.platform.documents.errors import StaleSeal
from obshto.platform.errors import DomainError
from obshto.platform.settings.services import settings_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files


@console.route("/seal", methods=["GET", "POST"])
@requires(ServicesPermission.OFFER)
@takes_files
def seal() -> Answer:
    uow, form = current_uow(), SealForm()
    if form.is_submitted():
        move_seals(uow)
    if form.validate_on_submit():
        content = form.file.data.stream.read(seals.MOST + 1)
        try:
            seals.put_seal(
                uow, content, form.password.data or "", expected_version=form.expected_version.data
            )
            return see_other(".seal", said="eservices.seal-put")
        except DomainError as refusal:
            if isinstance(refusal, StaleSeal):
                form.form_errors.append(str(refusal))
            else:
                form.file.errors = [str(refusal)]
    row = seals.seal_of(uow)
    form.expected_version.data = row.version if row else seals.UNWRITTEN
    is_live = settings_of(uow, "eservices", ServicesSettings).is_live
    shown = {"row": row, "today": day_of(uow.now), "is_live": is_live}
    return answered(form, render_template("eservices/seal.html", form=form, **shown))


@console.post("/seal/remove")
@requires(ServicesPermission.OFFER)
def remove_seal() -> Response:
    seals.remove_seal(current_uow(), expected_version=seen_here())
    return see_other(".seal", said="eservices.seal-removed")
