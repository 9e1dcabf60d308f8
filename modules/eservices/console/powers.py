"""Powers of attorney for the staff: the queue, a check of one, one from the counter."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, console
from obshto.modules.eservices.errors import OwnPower
from obshto.modules.eservices.forms.powers import (
    COPY,
    FindPowerForm,
    PowerCheckForm,
    PowerEntryForm,
    PowerReplyForm,
)
from obshto.modules.eservices.models import PowerOfAttorney
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.access_log import looks_at
from obshto.modules.eservices.services.case_queries import is_entry_number
from obshto.modules.eservices.services.catalogue import listed, services
from obshto.modules.eservices.services.powers import checks, endings, kinds, queries, registration
from obshto.modules.eservices.services.powers.looks import look_at_power, restricted_power
from obshto.platform import soft_delete
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import FileRefused
from obshto.platform.storage.services import file_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files

CHECK = ServicesPermission.POWERS
Act = Callable[..., None]


@console.get("/powers")
@requires(CHECK)
def powers() -> str:
    return _listed(FindPowerForm(formdata=None))


@console.post("/powers/find")
@requires(CHECK)
def find_power() -> Answer:
    """What was typed never stands in an address: a person's number goes on as a keyed index."""
    form = FindPowerForm()
    if not form.validate_on_submit():
        return _listed(form), 422
    typed = "".join((form.text.data or "").split())
    if is_entry_number(typed):
        return see_other(".powers", number=typed)
    return see_other(".powers", person=queries.person_index(typed).hex() if typed else None)


@console.get("/powers/<uuid:power_id>")
@requires(CHECK)
def power(power_id: UUID) -> str:
    row = queries.power_of(current_uow(), power_id)
    reply = PowerCheckForm if row.state in kinds.OPEN else PowerReplyForm
    return _page(row, reply(formdata=None))


@console.get("/powers/<uuid:power_id>/file")
@requires(CHECK)
def power_file(power_id: UUID) -> Response:
    uow = current_uow()
    row = queries.power_of(uow, power_id)
    look_at_power(uow, row)
    return send_file(uow, file_of(uow, row.file_id or abort(404)))


@console.post("/powers/<uuid:power_id>/accept")
@requires(CHECK)
def accept_power(power_id: UUID) -> Response:
    uow = current_uow()
    checks.accept_power(uow, _to_change(power_id), expected_version=seen_here())
    return _done(power_id, "accepted")


@console.post("/powers/<uuid:power_id>/reply")
@requires(CHECK)
def reply_to_power(power_id: UUID) -> Answer:
    """Refused, or a better copy is needed."""
    form = PowerCheckForm()
    act, said = checks.refuse_power, "refused"
    if form.answer.data == COPY:
        act, said = checks.ask_for_copy, "copy-asked"
    return _replied(power_id, form, act, said)


@console.post("/powers/<uuid:power_id>/end")
@requires(CHECK)
def end_power(power_id: UUID) -> Answer:
    return _replied(power_id, PowerReplyForm(), endings.record_end, "withdrawn")


@console.route("/powers/enter", methods=["GET", "POST"])
@requires(CHECK)
@takes_files
def enter_power() -> Answer:
    uow, form = current_uow(), PowerEntryForm()
    form.offer(listed(uow))
    if form.validate_on_submit():
        try:
            key, email = form.request_id.data, form.representative_email.data or ""
            paper = form.paper()
            row = registration.enter_power(uow, form.terms(), paper, request_id=key, email=email)
            return _done(row.id, "accepted")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except OwnPower as refusal:
            tell(form, refusal)
    return filled("eservices/power_enter.html", form)


def _replied(power_id: UUID, form: PowerReplyForm, act: Act, said: str) -> Answer:
    """A reply in words, which stay where it is refused."""
    uow, row = current_uow(), _to_change(power_id)
    if form.validate_on_submit():
        try:
            words, version = form.words.data.strip(), form.expected_version.data
            act(uow, row, words, expected_version=version)
            return _done(power_id, said)
        except DomainError as refusal:
            tell(form, refusal, row)
    return _page(row, form), 422


def _to_change(power_id: UUID) -> PowerOfAttorney:
    """The row, locked until the request ends; to act upon it is a look. Raises DataRestricted."""
    uow = current_uow()
    row = queries.power_of(uow, power_id, to_change=True)
    look_at_power(uow, row)
    if refusal := restricted_power(uow, row):
        raise refusal
    return row


def _listed(form: FindPowerForm) -> str:
    uow, chosen = current_uow(), request.args.get("list", "waiting")
    number, person = (request.args.get(name, "") for name in ("number", "person"))
    if chosen not in queries.LISTS or not queries.is_index(person):
        abort(404)
    rows = queries.powers_listed(chosen, number=number, person=person)
    return render_template(
        "eservices/power_queue.html",
        page=paginate(uow.session, rows, page_number()),
        counts=soft_delete.counts(
            uow, {name: queries.powers_listed(name) for name in queries.LISTS}
        ),
        chosen="" if number or person else chosen,
        form=form,
        states=kinds.STATES,
    )


def _page(row: PowerOfAttorney, form: PowerReplyForm) -> str:
    uow = current_uow()
    look_at_power(uow, row)
    if not form.is_submitted():
        form.expected_version.data = row.version
    return render_template(
        "eservices/power_desk.html",
        power=row,
        said=queries.said_in(row),
        form=form,
        is_open=row.state in kinds.OPEN,
        is_accepted=row.state == kinds.ACCEPTED,
        is_own=row.representative_id == current_principal().person_id,
        restricted=restricted_power(uow, row),
        accounts=queries.accounts_of(row),
        cases=queries.cases_under(uow, row),
        looks=uow.session.scalars(looks_at(row.id).limit(50)).all(),
        states=kinds.STATES,
        endings=kinds.ENDINGS,
        purposes=kinds.PURPOSES,
        services=services(uow),
    )


def _done(power_id: UUID, said: str) -> Response:
    return see_other(".power", power_id=power_id, said=f"eservices.power-{said}")
