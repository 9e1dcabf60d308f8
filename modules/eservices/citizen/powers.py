"""Powers of attorney: registered by who represents, seen and withdrawn by both."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.errors import PowerNotFromHere, StalePower
from obshto.modules.eservices.forms.powers import (
    ForWhomForm,
    PowerCopyForm,
    PowerForm,
    chosen_power,
)
from obshto.modules.eservices.models import PowerOfAttorney
from obshto.modules.eservices.services import drafts
from obshto.modules.eservices.services.access_log import PURPOSES as LOOKS
from obshto.modules.eservices.services.access_log import looks_at_all
from obshto.modules.eservices.services.catalogue import listed, service_behind, services
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.powers import endings, kinds, queries, registration, use
from obshto.modules.eservices.services.states import STATES
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import FileRefused
from obshto.platform.storage.services import file_of
from obshto.platform.web.access import signed_in
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files


@citizen.get("/powers")
@signed_in
def powers() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    return private(
        "eservices/powers.html",
        held=queries.powers_held(uow, me),
        given=queries.powers_given(uow, me),
        states=kinds.STATES,
    )


@citizen.route("/powers/new", methods=["GET", "POST"])
@signed_in
@takes_files
def new_power() -> Response:
    uow, form = current_uow(), PowerForm()
    form.offer(listed(uow))
    if not form.is_submitted():
        form.representative_name.data = current_principal().name
    if form.validate_on_submit():
        try:
            key = form.request_id.data
            row = registration.send_power(uow, form.terms(), form.paper(), request_id=key)
            return see_other(".power", power_id=row.id, said="eservices.power-sent")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
    return private("eservices/power_new.html", status=422 if form.errors else 200, form=form)


@citizen.route("/powers/<uuid:power_id>", methods=["GET", "POST"])
@signed_in
@takes_files
def power(power_id: UUID) -> Response:
    """One of mine; who represents sends the better copy here that was asked for."""
    uow, form = current_uow(), PowerCopyForm()
    row = queries.own_power(uow, power_id, to_change=form.is_submitted())
    if form.is_submitted() and row.representative_id != current_principal().person_id:
        abort(403)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            registration.send_copy(uow, row, form.file.data.stream, expected_version=version)
            return see_other(".power", power_id=power_id, said="eservices.power-sent")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except (StalePower, PowerNotFromHere) as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    status = 422 if form.errors or form.form_errors else 200
    return private("eservices/power.html", status=status, form=form, **_shown(row))


@citizen.get("/powers/<uuid:power_id>/file")
@signed_in
def power_file(power_id: UUID) -> Response:
    g.is_personal = True
    row = queries.own_power(current_uow(), power_id)
    return send_file(current_uow(), file_of(current_uow(), row.file_id or abort(404)))


@citizen.route("/powers/<uuid:power_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw_power(power_id: UUID) -> Response:
    uow = current_uow()
    row = queries.own_power(uow, power_id, to_change=request.method == "POST")
    if request.method == "POST":
        endings.withdraw_power(uow, row, expected_version=seen_here())
        return see_other(".power", power_id=power_id, said="eservices.power-withdrawn")
    return private("eservices/power_withdraw.html", power=row, is_held=_is_held(row))


@citizen.route("/drafts/<ref>/for-whom", methods=["GET", "POST"])
@signed_in
def for_whom(ref: str) -> Response:
    """For whom a draft is; what is not about the applicant stays."""
    uow = current_uow()
    draft = drafts.draft_at(uow, ref, to_change=request.method == "POST")
    offered = use.usable_powers(uow, draft.service)
    form = ForWhomForm(data={"power": str(draft.power_id or use.SELF)}).offer(offered)
    if form.validate_on_submit():
        chosen = chosen_power(offered, form.power.data)
        use.change_whom(
            draft, definition_behind(draft), chosen, expected_version=form.expected_version.data
        )
        return see_other(".check", ref=ref)
    show_version(form, draft)
    page = {"form": form, "ref": ref, "service": service_behind(uow, draft)}
    return private("eservices/for_whom.html", status=422 if form.errors else 200, **page)


def _is_held(row: PowerOfAttorney) -> bool:
    return row.representative_id == current_principal().person_id


def _shown(row: PowerOfAttorney) -> dict[str, object]:
    uow = current_uow()
    cases, said = queries.cases_under(uow, row), queries.said_in(row)
    if not _is_held(row):
        said.pop("representative_egn", None)  # who is represented knows the name
    looks = uow.session.scalars(looks_at_all([row.id, *(one.id for one in cases)]).limit(50))
    return {
        "power": row,
        "said": said,
        "is_held": _is_held(row),
        "is_asked": row.state == kinds.ASKED and _is_held(row),
        "may_withdraw": row.state in (*kinds.OPEN, kinds.ACCEPTED),
        "cases": cases,
        "documents": queries.documents_under(uow, cases),
        "case_states": STATES,
        "looks": looks.all(),
        "purposes": {**LOOKS, **kinds.PURPOSES},
        "states": kinds.STATES,
        "endings": kinds.ENDINGS,
        "services": services(uow),
    }
