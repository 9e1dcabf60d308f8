"""Staff pages of waves: many opinions hidden by one act, how far it has come, shown again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request
from werkzeug.wrappers import Response

from obshto.modules.consultations import forms
from obshto.modules.consultations.console.consultations import Page, console, context
from obshto.modules.consultations.forms.filters import HideWaveForm, OpinionFilterForm
from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services import queries, waves
from obshto.modules.consultations.services.filters import OpinionFilter, hideable
from obshto.platform.errors import DomainError
from obshto.platform.moderation.acts import objections_to
from obshto.platform.moderation.rules import RULES
from obshto.platform.soft_delete import number_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.live_page import refreshed
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

SOME = 10  # of many, as they read


@console.route("/<uuid:consultation_id>/hide", methods=["GET", "POST"])
@requires(ConsultationsPermission.HIDE)
def hide_many(consultation_id: UUID) -> Page:
    """Those that were ticked on the list, or all that match the filter in the address."""
    uow, form, filter_form = current_uow(), HideWaveForm(), OpinionFilterForm(request.args)
    found = queries.consultation_of(uow, consultation_id)
    if not filter_form.validate():
        abort(400)  # a filter that was not understood must not hide more than was meant
    ids = forms.ids_of(request.values.getlist("chosen"))
    wanted = OpinionFilter(ids=ids) if ids else filter_form.wanted()
    if form.validate_on_submit():
        try:
            reason, once = form.reason(), form.request_id.data
            wave = waves.hide_wave(uow, found.id, wanted, reason, request_id=once, last=form.seen())
            return see_other(".wave", wave_id=wave.id, said="consultations.hidden-many")
        except DomainError as refusal:
            forms.put_refusal(form, refusal)
    shown = _asked(found, wanted, form)
    shown |= {"consultation": found, "address": filter_form.address(), "is_ticked": bool(ids)}
    return filled("consultations/hide_many.html", form, **shown)


def _asked(found: Consultation, wanted: OpinionFilter, form: HideWaveForm) -> dict[str, Any]:
    """How many it would hide, all that were ticked or some of the others."""
    session = current_uow().session
    rows = hideable(found, wanted, last=form.seen())
    if not wanted.is_narrow:
        return {"number": 0, "shown": []}
    if wanted.ids is None and not form.last.data:
        newest = session.scalar(rows.order_by(None).order_by(*queries.NEWEST).limit(1))
        form.last.data = newest.number if newest else ""
    number = session.scalar(number_of(rows)) or 0
    some = rows if wanted.ids else rows.limit(SOME)
    return {"number": number, "shown": session.scalars(some).all()}


@console.get("/waves/<uuid:wave_id>")
@requires(ConsultationsPermission.HIDE)
def wave(wave_id: UUID) -> Response:
    """What was hidden together, whom we told, and the way back."""
    uow = current_uow()
    found = waves.wave_of(uow, wave_id)
    shown: dict[str, Any] = {
        "wave": found,
        "consultation": queries.consultation_of(uow, found.consultation_id),
        "decision": waves.decision_of_wave(uow, found),
        "untold": waves.untold_in(uow, found),
        "objections": objections_to(uow, found.id),
        "is_answered": waves.is_answered(uow, found),
        "rules": RULES,
    }
    return refreshed(private_page("consultations/wave.html", **shown, **context()))


@console.post("/waves/<uuid:wave_id>/undo")
@requires(ConsultationsPermission.HIDE)
def undo_wave(wave_id: UUID) -> Response:
    waves.undo_wave(current_uow(), wave_id, expected_version=seen_here())
    return see_other(".wave", wave_id=wave_id, said="consultations.shown-many")
