"""Departments: which services each works on, and who is in it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, console
from obshto.modules.eservices.errors import DepartmentNameTaken
from obshto.modules.eservices.forms.departments import DepartmentChangeForm, DepartmentForm
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import departments as service
from obshto.modules.eservices.services.catalogue import listed, services
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import people_who_may

ARRANGE = ServicesPermission.DEPARTMENTS
_AT: dict[type[DomainError], str] = {DepartmentNameTaken: "name"}


@console.get("/departments")
@requires(ARRANGE)
def departments() -> str:
    uow = current_uow()
    return render_template(
        "eservices/departments.html",
        departments=service.departments_here(uow),
        members=service.DEPARTMENTS.members(uow),
        people=people_who_may(uow, ServicesPermission.HANDLE),
        services=services(uow),
    )


@console.route("/departments/new", methods=["GET", "POST"])
@requires(ARRANGE)
def new_department() -> Answer:
    uow, form = current_uow(), DepartmentForm()
    form.offer(listed(uow), people_who_may(uow, ServicesPermission.HANDLE))
    if form.validate_on_submit():
        try:
            service.make_department(uow, *form.department(), request_id=form.request_id.data)
            return see_other(".departments", said="eservices.department-made")
        except DomainError as refusal:
            tell(form, refusal, at=_AT)
    return filled("eservices/department.html", form, department=None)


@console.route("/departments/<uuid:department_id>", methods=["GET", "POST"])
@requires(ARRANGE)
def change_department(department_id: UUID) -> Answer:
    uow = current_uow()
    row = service.department_of(uow, department_id, to_change=request.method == "POST")
    members = [str(one) for one in service.DEPARTMENTS.members(uow).get(row.id, ())]
    form = DepartmentChangeForm(obj=row, data={"members": members})
    form.offer(listed(uow), people_who_may(uow, ServicesPermission.HANDLE))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            service.change_department(uow, row, *form.department(), expected_version=version)
            return see_other(".departments", said="eservices.department-changed")
        except DomainError as refusal:
            tell(form, refusal, row, at=_AT)
    show_version(form, row)
    return filled("eservices/department.html", form, department=row)


@console.post("/departments/<uuid:department_id>/remove")
@requires(ARRANGE)
def remove_department(department_id: UUID) -> Response:
    row = service.department_of(current_uow(), department_id, to_change=True)
    service.remove_department(current_uow(), row, expected_version=seen_here())
    return see_other(".departments", said="eservices.department-removed")
