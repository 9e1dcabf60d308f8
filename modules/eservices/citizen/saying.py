"""What people say of a case: a complaint, a rating."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.forms.acts import CommentForm, ComplaintForm, ScoreForm
from obshto.modules.eservices.services import rating, reading
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.complaining import complain
from obshto.modules.eservices.services.states import procedure_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work
from obshto.platform.web.moves import see_other


@citizen.route("/cases/<ref>/complain", methods=["GET", "POST"])
@open_to_all
def complaint(ref: str) -> Response:
    work, form = current_work(), ComplaintForm()
    case = reading.case_at(work, ref, to_change=form.is_submitted())
    if form.validate_on_submit():
        complain(work, case, form.words.data.strip(), request_id=form.request_id.data)
        return see_other(".case", ref=ref, said="eservices.complained")
    shown = {"case": case, "ref": ref, "form": form, "procedure": procedure_of(case)}
    return private("eservices/complain.html", status=422 if form.errors else 200, **shown)


@citizen.route("/rate/<uuid:case_id>/<code>", methods=["GET", "POST"])
@open_to_all
def rate(case_id: UUID, code: str) -> Response:
    """One tap, from the case or from the slip of the counter; nothing of the case is shown."""
    work, form = current_work(), ScoreForm()
    case = rating.case_to_rate(work, case_id, code)
    if form.validate_on_submit():
        score = form.chosen() or abort(422)
        rating.rate(work, case, score)
        return see_other(".rate", case_id=case_id, code=code, said="eservices.rated")
    shown: dict[str, Any] = {
        "service": services()[case.service],
        "given": rating.rating_of(work, case),
        "scores": rating.SCORES,
        "form": form,
        "comment": CommentForm(formdata=None),
        "comment_url": url_for(".comment", case_id=case_id, code=code),
    }
    return private("eservices/rate.html", **shown)


@citizen.route("/rate/<uuid:case_id>/<code>/comment", methods=["GET", "POST"])
@open_to_all
def comment(case_id: UUID, code: str) -> Response:
    work, form = current_work(), CommentForm()
    case = rating.case_to_rate(work, case_id, code)
    if form.validate_on_submit():
        rating.comment(work, case, form.words.data.strip())
        return see_other(".rate", case_id=case_id, code=code, said="eservices.commented")
    back = url_for(".rate", case_id=case_id, code=code)
    status = 422 if form.errors else 200
    return private("eservices/comment.html", status=status, form=form, back_url=back)
