"""The electronic seal of the municipality: put, looked at, removed."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console
from obshto.modules.eservices.errors import ChangedMeanwhile
from obshto.modules.eservices.forms.seal import SealForm
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import sealing
from obshto.modules.eservices.services.terms import day_of
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.errors import DomainError
from obshto.platform.settings.services import settings_of
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import seen_here
from obshto.platform.web.moves import see_other
from obshto.platform.web.uploads import takes_files


@console.route("/seal", methods=["GET", "POST"])
@requires(ServicesPermission.OFFER)
@takes_files
def seal() -> Answer:
    work, form = current_work(), SealForm()
    if form.validate_on_submit():
        content = form.file.data.stream.read(sealing.MOST + 1)
        try:
            sealing.put_seal(work, content, form.password.data or "", seen=form.seen.data)
            return see_other(".seal", said="eservices.seal-put")
        except DomainError as refusal:
            if isinstance(refusal, ChangedMeanwhile):
                form.form_errors.append(str(refusal))
            else:
                form.file.errors = [str(refusal)]
    row = sealing.seal_of(work)
    form.seen.data = row.version if row else sealing.UNWRITTEN
    is_live = settings_of(work, "eservices", ServicesSettings).is_live
    shown = {"row": row, "today": day_of(work.now), "is_live": is_live}
    return answered(form, render_template("eservices/seal.html", form=form, **shown))


@console.post("/seal/remove")
@requires(ServicesPermission.OFFER)
def remove_seal() -> Response:
    sealing.remove_seal(current_work(), seen=seen_here())
    return see_other(".seal", said="eservices.seal-removed")
