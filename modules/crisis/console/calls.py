"""Staff pages of calling: the next person, what came of it, the list on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.crisis.forms.call_list import TakeCallForm
from obshto.modules.crisis.models import CallState
from obshto.modules.crisis.permissions import CrisisPermission
from obshto.modules.crisis.services import access_log, call_log, calls, contacts, spoken
from obshto.modules.crisis.services.settlements import settlements_here
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import Names

CALL = requires(CrisisPermission.CALL)


@CALL
def rounds() -> str:
    """What is to be called about now."""
    uow = current_uow()
    return render_template("crisis/rounds.html", found=calls.rounds_now(uow))


@CALL
def call_round(crisis_id: UUID) -> str:
    uow = current_uow()
    of = calls.round_of(uow, crisis_id)
    about = {
        "crisis": of.crisis,
        "message": of.message,
        "numbers": calls.numbers_of_calls(uow, of),
        "form": TakeCallForm(),
        "mine": calls.held_call(uow, of),
        "names": settlements_here(uow),
        "people": contacts.numbers_by_settlement(uow),
    }
    return render_template("crisis/round.html", **about)


@CALL
def take(crisis_id: UUID) -> Response:
    """The next one; at the end back to the numbers."""
    uow, form = current_uow(), TakeCallForm()
    of = calls.round_of(uow, crisis_id)
    if not form.validate_on_submit():
        abort(422)
    call = calls.take_call(uow, of, request_id=form.request_id.data)
    if call is None:
        return see_other(".call_round", crisis_id=crisis_id, said="crisis.nobody-left")
    return see_other(".call", call_id=call.id)


@CALL
def call(call_id: UUID) -> str:
    """One person: whom, the number, what to say."""
    uow = current_uow()
    found, contact = calls.own_call(uow, call_id)
    crisis, message = calls.crisis_of_call(uow, found)
    about = {"crisis": crisis, "message": message, "names": settlements_here(uow)}
    said = spoken.told(uow, crisis, message)
    return render_template("crisis/call.html", call=found, contact=contact, said_text=said, **about)


@CALL
def end(call_id: UUID) -> Response:
    """Reached, not reached, to be tried again."""
    uow, result = current_uow(), request.form.get("result", "")
    found, _contact = calls.own_call(uow, call_id, to_change=True)
    if result not in calls.RESULTS:
        abort(422)
    crisis, _message = calls.crisis_of_call(uow, found)
    calls.end_call(uow, found, CallState(result), expected_version=seen_here())
    return see_other(".call_round", crisis_id=crisis.id, said="crisis.call-ended")


@CALL
def sheet(crisis_id: UUID) -> str:
    """Those still to be reached, on paper: for who has no computer at hand or goes there."""
    uow, names = current_uow(), settlements_here(current_uow())
    asked = request.args.get("settlement", "")
    settlement = asked if asked in names else ""
    of = calls.round_of(uow, crisis_id)
    page = paginate(uow.session, calls.listed(of, settlement=settlement), page_number())
    access_log.look_at_contacts(uow, page.rows, access_log.CALL)
    about = {"crisis": of.crisis, "message": of.message, "names": names, "chosen": settlement}
    said = spoken.told(uow, of.crisis, of.message)
    return render_template("crisis/sheet.html", page=page, said_text=said, **about)


@CALL
def call_list(crisis_id: UUID) -> str:
    """Who called whom, when, with what result: to open it is a recorded look of each person."""
    uow, names = current_uow(), settlements_here(current_uow())
    of = calls.round_of(uow, crisis_id)
    chosen = _chosen(of.message.number, names)
    message = call_log.text_of_round(uow, of, chosen["number"])
    wanted = {name: chosen[name] for name in ("state", "settlement")}
    rows = call_log.people_called(of, message, **wanted)
    page = paginate(uow.session, rows, page_number())
    access_log.look_at_contacts(uow, page.rows, access_log.CALL)
    about = {"crisis": of.crisis, "message": message, "names": names, "chosen": chosen}
    about |= {"is_now": message.id == of.message.id, "last": of.message.number}
    found = call_log.calls_to(uow, message, page.rows)
    return render_template("crisis/call_list.html", page=page, calls=found, **about)


@CALL
def tick(crisis_id: UUID, contact_id: UUID) -> Response:
    """What came of a call from paper or of a visit."""
    uow, result = current_uow(), request.form.get("result", "")
    of = calls.round_of(uow, crisis_id)
    if result not in calls.RESULTS:
        abort(422)
    seen = seen_here()
    call_log.tick_call(uow, of, contact_id, CallState(result), expected_version=seen)
    chosen = _chosen(of.message.number, settlements_here(uow))
    kept = {name: chosen[name] for name in ("state", "settlement") if chosen[name]}
    return see_other(".call_list", crisis_id=crisis_id, said="crisis.call-ended", **kept)


def _chosen(last: int, names: Names) -> dict[str, Any]:
    """What the address asks for; anything else is the text in force, everybody, everywhere."""
    number = request.args.get("text", "")
    state, settlement = request.args.get("state", ""), request.args.get("settlement", "")
    return {
        "number": int(number) if number.isdecimal() and number.isascii() else last,
        "state": state if state in call_log.WORDS else "",
        "settlement": settlement if settlement in names else "",
    }


def add_calls(console: Blueprint) -> None:
    """Their addresses on the blueprint of the console."""
    console.add_url_rule("/calls", view_func=rounds)
    console.add_url_rule("/calls/<uuid:crisis_id>", view_func=call_round)
    console.add_url_rule("/calls/<uuid:crisis_id>/take", view_func=take, methods=["POST"])
    console.add_url_rule("/calls/<uuid:crisis_id>/sheet", view_func=sheet)
    console.add_url_rule("/calls/<uuid:crisis_id>/list", view_func=call_list)
    person = "/calls/<uuid:crisis_id>/people/<uuid:contact_id>"
    console.add_url_rule(person, view_func=tick, methods=["POST"])
    console.add_url_rule("/call/<uuid:call_id>", view_func=call)
    console.add_url_rule("/call/<uuid:call_id>/end", view_func=end, methods=["POST"])
