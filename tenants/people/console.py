"""Staff pages about who works here."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError, NotFound
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_principal, current_work
from obshto.platform.web.moves import see_other
from obshto.tenants.people import staff
from obshto.tenants.people.directory import people_of
from obshto.tenants.people.forms import InviteForm, RolesForm
from obshto.tenants.people.models import Person
from obshto.tenants.people.permissions import PeoplePermission
from obshto.tenants.people.roles import roles_of
from obshto.tenants.people.staff import Colleague, colleagues

people = Blueprint("people", __name__)
Answer = str | tuple[str, int] | Response


@people.get("/")
@requires(PeoplePermission.SEE)
def index() -> str:
    found, is_known = colleagues(current_work())
    who = current_principal()
    return render_template(
        "tenants/people.html",
        colleagues=found,
        is_known=is_known,
        may_manage=who.may(PeoplePermission.MANAGE),
        me=who.person_id,
    )


@people.route("/invite", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE)
def invite() -> Answer:
    form = InviteForm()
    if form.validate_on_submit():
        name, email = form.name.data.strip(), form.email.data.strip().casefold()
        try:
            staff.invite(current_work(), email=email, name=name, roles=form.chosen(), language="bg")
            return see_other(".index", said="tenants.invited")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return _filled("tenants/invite.html", form)


@people.route("/<uuid:person_id>", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE)
def change(person_id: UUID) -> Answer:
    work, person = current_work(), _somebody(person_id)
    form = RolesForm(roles=[role.value for role in roles_of(work, person_id)])
    if form.validate_on_submit():
        try:
            staff.set_roles(work, person_id, form.chosen())
            return see_other(".index", said="tenants.roles-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return _filled("tenants/colleague.html", form, person=person, is_me=_is_me(person_id))


@people.get("/<uuid:person_id>/remove")
@requires(PeoplePermission.MANAGE)
def ask_to_remove(person_id: UUID) -> str:
    return render_template("tenants/remove_colleague.html", person=_somebody(person_id))


@people.post("/<uuid:person_id>/remove")
@requires(PeoplePermission.MANAGE)
def remove(person_id: UUID) -> Response:
    staff.remove(current_work(), _somebody(person_id).id)
    return see_other(".index", said="tenants.removed")


@people.post("/withdraw")
@requires(PeoplePermission.MANAGE)
def withdraw() -> Response:
    staff.withdraw(current_work(), request.form.get("email", ""))
    return see_other(".index", said="tenants.withdrawn")


def _somebody(person_id: UUID) -> Person:
    """Somebody who works here: others do not exist for this municipality."""
    here: list[Colleague] = colleagues(current_work())[0]
    if person_id not in {colleague.person_id for colleague in here}:
        raise NotFound
    return people_of({person_id}).get(person_id) or abort(404)


def _is_me(person_id: UUID) -> bool:
    return person_id == current_principal().person_id


def _filled(template: str, form: RolesForm, **more: object) -> Answer:
    page = render_template(template, form=form, **more)
    return (page, 422) if form.errors or form.form_errors else page
