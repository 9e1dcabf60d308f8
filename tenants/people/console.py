"""Staff pages about who works here."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.permissions import Role
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.people import invitations, staff
from obshto.tenants.people.forms import EditRoleForm, InviteForm, NewRoleForm, RolesForm
from obshto.tenants.people.own_roles import (
    StillHeld,
    change_role,
    make_role,
    remove_role,
    role_of,
    words_by_part,
    words_to_give,
)
from obshto.tenants.people.permissions import PeoplePermission
from obshto.tenants.people.roles import STAFF_ROLES, given_here, own_roles, roles_of
from obshto.tenants.people.staff import colleague_of, staff_of

people = Blueprint("people", __name__)
LATELY = timedelta(minutes=10)  # who weakens somebody's sign-in shows who they are
Answer = str | tuple[str, int] | Response


@people.get("/")
@requires(PeoplePermission.SEE)
def index() -> str:
    who = current_principal()
    return render_template(
        "tenants/people.html",
        staff=staff_of(current_uow()),
        roles_here=given_here(current_uow()),
        may_manage=who.may(PeoplePermission.MANAGE),
        me=who.person_id,
    )


@people.route("/invite", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE)
def invite() -> Answer:
    form, waiting = InviteForm(), None
    roles_here = given_here(current_uow())
    form.offer(roles_here)
    if form.validate_on_submit():
        try:
            invitations.invite(current_uow(), **form.invitation())
            return see_other(".index", said="tenants.invited")
        except invitations.AlreadyWaiting as refusal:
            form.form_errors.append(str(refusal))
            waiting, form.replaces.data = refusal.waiting, str(refusal.waiting.id)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    labels = {role.value: role.label for role in roles_here}
    return filled("tenants/invite.html", form, waiting=waiting, labels=labels)


@people.post("/invitations/<uuid:invitation_id>/withdraw")
@requires(PeoplePermission.MANAGE)
def withdraw(invitation_id: UUID) -> Response:
    invitations.withdraw(current_uow(), invitation_id, expected_version=seen_here())
    return see_other(".index", said="tenants.withdrawn")


@people.route("/<uuid:person_id>", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE)
def change(person_id: UUID) -> Answer:
    uow = current_uow()
    person, version = colleague_of(uow, person_id), staff.version_of(uow, person_id)
    form = RolesForm(roles=list(map(str, roles_of(uow, person_id))), expected_version=version)
    form.offer(given_here(uow))
    if form.validate_on_submit():
        try:
            chosen, seen = form.chosen(), form.expected_version.data
            staff.set_roles(uow, person_id, chosen, expected_version=seen)
            return see_other(".index", said="tenants.roles-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = version  # told once: who saves again has seen it
    is_me = person_id == current_principal().person_id
    return filled("tenants/colleague.html", form, person=person, is_me=is_me)


@people.get("/roles/")
@requires(PeoplePermission.SEE)
def roles() -> str:
    """What each role allows; the municipality's own can be changed."""
    every, ready = words_to_give(), [role for role in Role if role in STAFF_ROLES]
    return render_template(
        "tenants/roles.html",
        ready=[(role, [word for word in every if role in word.roles]) for role in ready],
        own=[
            (role, [word for word in every if word.value in role.words])
            for role in own_roles(current_uow())
        ],
        may_manage=current_principal().may(PeoplePermission.MANAGE),
    )


@people.route("/roles/new", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE)
def make() -> Answer:
    form = NewRoleForm()
    form.offer(words_to_give())
    if form.validate_on_submit():
        try:
            make_role(current_uow(), request_id=form.request_id.data, **form.said())
            return see_other(".roles", said="tenants.role-saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("tenants/role.html", form, role=None, groups=words_by_part())


@people.route("/roles/<uuid:role_id>", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE)
def edit_role(role_id: UUID) -> Answer:
    uow = current_uow()
    role = role_of(uow, role_id, to_change=request.method == "POST")
    form = EditRoleForm(name=role.name, words=role.words, expected_version=role.version)
    form.offer(words_to_give())
    if form.validate_on_submit():
        try:
            change_role(uow, role, expected_version=form.expected_version.data, **form.said())
            return see_other(".roles", said="tenants.role-saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = role.version
    return filled("tenants/role.html", form, role=role, groups=words_by_part())


@people.post("/roles/<uuid:role_id>/remove")
@requires(PeoplePermission.MANAGE)
def remove_own_role(role_id: UUID) -> Response:
    uow = current_uow()
    try:
        remove_role(uow, role_of(uow, role_id, to_change=True), expected_version=seen_here())
    except StillHeld:
        return see_other(".roles", said="tenants.role-held")
    return see_other(".roles", said="tenants.role-removed")


@people.route("/<uuid:person_id>/lost-phone", methods=["GET", "POST"])
@requires(PeoplePermission.MANAGE, max_age=LATELY)
def lost_phone(person_id: UUID) -> str | Response:
    uow = current_uow()
    person, version = colleague_of(uow, person_id), staff.version_of(uow, person_id)
    if request.method == "GET":
        return render_template("tenants/lost_phone.html", person=person, version=version)
    staff.forget_lost_phone(uow, person, expected_version=seen_here())
    return see_other(".index", said="tenants.phone-lost")


@people.get("/<uuid:person_id>/remove")
@requires(PeoplePermission.MANAGE)
def ask_to_remove(person_id: UUID) -> str:
    uow = current_uow()
    person, version = colleague_of(uow, person_id), staff.version_of(uow, person_id)
    return render_template("tenants/remove_colleague.html", person=person, version=version)


@people.post("/<uuid:person_id>/remove")
@requires(PeoplePermission.MANAGE)
def remove(person_id: UUID) -> Response:
    uow = current_uow()
    staff.remove(uow, colleague_of(uow, person_id), expected_version=seen_here())
    return see_other(".index", said="tenants.removed")
