"""Staff pages about who works here."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_principal, current_work
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.moves import see_other
from obshto.tenants.people import invitations, staff
from obshto.tenants.people.forms import InviteForm, RolesForm
from obshto.tenants.people.permissions import PeoplePermission
from obshto.tenants.people.roles import roles_of
from obshto.tenants.people.staff import colleague_of, staff_of

people = Blueprint("people", __name__)
Answer = str | tuple[str, int] | Response


@people.get("/")
@requires(PeoplePermission.SEE)
def index() -> str:
    who = current_principal()
    return render_template(
        "tenants/people.html",
        staff=staff_of(current_work()),
        may_manage=who.may(PeoplePermission.MANAGE),
        me=who.person_id,
    )


@people.route("/invite", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE)
def invite() -> Answer:
    form = InviteForm()
    if form.validate_on_submit():
        try:
            invitations.invite(current_work(), **form.invitation())
            return see_other(".index", said="tenants.invited")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("tenants/invite.html", form)


@people.post("/invitations/<uuid:invitation_id>/withdraw")
@requires(PeoplePermission.MANAGE)
def withdraw(invitation_id: UUID) -> Response:
    invitations.withdraw(current_work(), invitation_id, seen=seen_here())
    return see_other(".index", said="tenants.withdrawn")


@people.route("/<uuid:person_id>", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE)
def change(person_id: UUID) -> Answer:
    work = current_work()
    person, seen = colleague_of(work, person_id), staff.version_of(work, person_id)
    form = RolesForm(roles=[role.value for role in roles_of(work, person_id)], seen=seen)
    if form.validate_on_submit():
        try:
            staff.set_roles(work, person_id, form.chosen(), seen=form.seen.data)
            return see_other(".index", said="tenants.roles-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.seen.data = seen  # told once: who saves again has seen it
    is_me = person_id == current_principal().person_id
    return filled("tenants/colleague.html", form, person=person, is_me=is_me)


@people.get("/<uuid:person_id>/remove")
@requires(PeoplePermission.MANAGE)
def ask_to_remove(person_id: UUID) -> str:
    work = current_work()
    person, version = colleague_of(work, person_id), staff.version_of(work, person_id)
    return render_template("tenants/remove_colleague.html", person=person, version=version)


@people.post("/<uuid:person_id>/remove")
@requires(PeoplePermission.MANAGE)
def remove(person_id: UUID) -> Response:
    work = current_work()
    staff.remove(work, colleague_of(work, person_id), seen=seen_here())
    return see_other(".index", said="tenants.removed")
