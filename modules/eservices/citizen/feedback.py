"""What people say of a case: a complaint, a rating."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.forms.acts import CommentForm, ComplaintForm, ScoreForm
from obshto.modules.eservices.services import case_queries, ratings
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.complaints import complain
from obshto.modules.eservices.services.states import REFUSED, procedure_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@citizen.route("/cases/<ref>/complain", methods=["GET", "POST"])
@open_to_all
def complaint(ref: str) -> Response:
    uow, form = current_uow(), ComplaintForm()
    case = case_queries.case_at(uow, ref, to_change=form.is_submitted())
    if form.validate_on_submit():
        complain(uow, case, form.words.data.strip(), request_id=form.request_id.data)
        return see_other(".case", ref=ref, said="eservices.complained")
    shown: dict[str, Any] = {
        "case": case,
        "ref": ref,
        "form": form,
        "procedure": procedure_of(case),
        "is_refused": case.state == REFUSED,
    }
    return private("eservices/complain.html", status=422 if form.errors else 200, **shown)


@citizen.route("/rate/<uuid:case_id>/<code>", methods=["GET", "POST"])
@open_to_all
def rate(case_id: UUID, code: str) -> Response:
    """One tap, from the case or from the slip of the counter; nothing of the case is shown."""
    uow, form = current_uow(), ScoreForm()
    case = ratings.case_to_rate(uow, case_id, code)
    if form.validate_on_submit():
        score = form.chosen() or abort(422)
        ratings.rate(uow, case, score)
        return see_other(".rate", case_id=case_id, code=code, said="eservices.rated")
    shown: dict[str, Any] = {
        "service": services(current_uow())[case.service],
        "given": ratings.rating_of(uow, case),
        "scores": ratings.SCORES,
        "form": form,
        "comment": CommentForm(formdata=None),
        "comment_url": url_for(".comment", case_id=case_id, code=code),
    }
    return private("eservices/rate.html", **shown)


@citizen.route("/rate/<uuid:case_id>/<code>/comment", methods=["GET", "POST"])
@open_to_all
def comment(case_id: UUID, code: str) -> Response:
    uow, form = current_uow(), CommentForm()
    case = ratings.case_to_rate(uow, case_id, code)
    if form.validate_on_submit():
        ratings.comment(uow, case, form.words.data.strip())
        return see_other(".rate", case_id=case_id, code=code, said="eservices.commented")
    back = url_for(".rate", case_id=case_id, code=code)
    status = 422 if form.errors else 200
    return private("eservices/comment.html", status=status, form=form, back_url=back)
