"""Staff pages of the call list: who is on it, somebody written down, changed, taken off."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.crisis.errors import PhoneKnown
from obshto.modules.crisis.forms.call_list import EditContactForm, NewContactForm, shown_of
from obshto.modules.crisis.permissions import CrisisPermission
from obshto.modules.crisis.services import contacts
from obshto.modules.crisis.services.access_log import KEEP, look_at_contacts
from obshto.modules.crisis.services.settlements import settlements_here
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

LIST = requires(CrisisPermission.CALL)
FORM = ["GET", "POST"]
Answer = str | tuple[str, int] | Response


@LIST
def people() -> str:
    """Names and phones of a page of the list: to open it is a recorded look."""
    uow = current_uow()
    names = settlements_here(uow)
    asked, phone = request.args.get("settlement", ""), request.args.get("q", "")[:30]
    chosen = asked if asked in names else ""
    found = paginate(
        uow.session, contacts.contacts(settlement=chosen, phone=phone.strip()), page_number()
    )
    look_at_contacts(uow, found.rows, KEEP)
    about = {"chosen": chosen, "phone_typed": phone, "names": names}
    return render_template("crisis/people.html", page=found, **about)


@LIST
def new_person() -> Answer:
    uow, form = current_uow(), NewContactForm()
    form.offer(settlements_here(uow))
    if form.validate_on_submit():
        try:
            contacts.write_contact(uow, form.told(), request_id=form.request_id.data)
            return see_other(".people", said="crisis.person-written")
        except DomainError as refusal:
            tell(form, refusal, at={PhoneKnown: "phone"})
    return filled("crisis/person.html", form, row=None)


@LIST
def person(contact_id: UUID) -> Answer:
    uow = current_uow()
    row = contacts.contact_of(uow, contact_id, to_change=request.method == "POST")
    look_at_contacts(uow, [row], KEEP)
    form = EditContactForm(data=shown_of(row))
    form.offer(settlements_here(uow))
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            contacts.edit_contact(uow, row, form.told(), expected_version=seen)
            return see_other(".people", said="crisis.person-saved")
        except DomainError as refusal:
            tell(form, refusal, row, at={PhoneKnown: "phone"})
    show_version(form, row)
    return filled("crisis/person.html", form, row=row)


@LIST
def remove_person(contact_id: UUID) -> Answer:
    uow = current_uow()
    row = contacts.contact_of(uow, contact_id, to_change=request.method == "POST")
    look_at_contacts(uow, [row], KEEP)
    if request.method == "GET":
        return render_template("crisis/remove_person.html", row=row)
    contacts.remove_contact(uow, row, expected_version=seen_here())
    return see_other(".people", said="crisis.person-removed")


def add_call_list(console: Blueprint) -> None:
    """Their addresses on the blueprint of the console."""
    console.add_url_rule("/people", view_func=people)
    console.add_url_rule("/people/new", view_func=new_person, methods=FORM)
    console.add_url_rule("/people/<uuid:contact_id>", view_func=person, methods=FORM)
    console.add_url_rule("/people/<uuid:contact_id>/remove", view_func=remove_person, methods=FORM)
