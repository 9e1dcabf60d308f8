"""What somebody may ask of the municipality for themselves: a copy of their data, its erasure."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.privacy.services import holds_on, kept_after_erasure
from obshto.platform.web.access import open_to_all, signed_in_surely
from obshto.platform.web.cookies import SESSION, delete_cookie
from obshto.platform.web.file_responses import private_json
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.people.directory import people_of
from obshto.tenants.people.models import Person
from obshto.tenants.people.own_data import copy_of, erase_own, must_stay
from obshto.tenants.people.permissions import PeoplePermission
from obshto.tenants.people.roles import people_who_may
from obshto.tenants.request_gate import current_municipality

LATELY = timedelta(minutes=10)  # whoever finds a phone unlocked shall not carry all of it away

own_data = Blueprint("own_data", __name__)


@own_data.route("/account/data", methods=["GET", "POST"])
@signed_in_surely(assurance=1, max_age=LATELY)
def show() -> str | Response:
    """What the copy holds; sent, the page gives it. No address leads to the file by itself."""
    if request.method == "GET":
        return render_template("tenants/own_data.html")
    uow, here = current_uow(), current_municipality() or abort(404)
    copy = copy_of(uow, _person())
    return private_json(f"lichni-danni-{here.slug}-{uow.now:%Y-%m-%d}", copy)


@own_data.route("/account/erase", methods=["GET", "POST"])
@signed_in_surely(assurance=1, max_age=LATELY)
def erase() -> str | Response:
    """What goes, what stays and until when; sent, it is done."""
    uow, person = current_uow(), _person()
    if request.method == "GET":
        if must_stay(uow, person):
            return render_template("tenants/still_staff.html", colleagues=_who_lets_go(person))
        told = {"kept": kept_after_erasure(uow, person.id), "holds": holds_on(uow, person.id)}
        return render_template("tenants/erase_data.html", **told)
    erase_own(uow, person)
    answer = see_other(".erased")
    delete_cookie(answer, SESSION)
    return answer


@own_data.get("/account/erased")
@open_to_all
def erased() -> str:
    """For who is signed out by it: the page says what was done, and of whom nothing."""
    return render_template("tenants/data_erased.html")


def _who_lets_go(person: Person) -> list[str]:
    """The names of those who can remove somebody from the staff; nobody removes themselves."""
    found = people_who_may(current_uow(), PeoplePermission.MANAGE)
    return [name for person_id, name in found.items() if person_id != person.id]


def _person() -> Person:
    """Who has left the directory since they signed in is nobody here any more."""
    me = current_principal().person_id or abort(403)
    return people_of({me}).get(me) or abort(404)
