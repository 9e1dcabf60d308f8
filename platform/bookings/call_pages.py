"""Staff pages of the call list, the same in each part that has bookings.

The names of a part's notices are „<part>.called“ and „<part>.looked“; its console has a page „one“
of a booking.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.bookings.access_log import look_at, looked_at
from obshto.platform.bookings.calls import (
    CallDesk,
    call_of,
    calls_of,
    end_call,
    ended_calls,
    refuse_stale,
)
from obshto.platform.bookings.states import AGAIN, CALL_COLOURS, CALLED, CALLS, COLOURS, STATES
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

RESULTS = (*CALLED, AGAIN)
CALL_WORDS: Mapping[str, Any] = {"call_states": CALLS, "call_colours": CALL_COLOURS}


def add_call_pages(console: Blueprint, desk: CallDesk) -> None:
    """The list, a name with its number for one call, the result of it."""
    part = desk.part

    @console.get("/calls")
    @requires(desk.permission)
    def calls() -> str:
        uow, chosen = current_uow(), request.args.get("list", "owed")
        lists = {"owed": desk.owed(uow), "ended": ended_calls(part).where(desk.mine(uow))}
        rows = lists[chosen] if chosen in lists else abort(404)
        page = paginate(uow.session, rows, page_number())
        opened = looked_at(uow, [call.booking for call in page.rows])
        shown = {"page": page, "chosen": chosen, "opened": opened, **CALL_WORDS}
        return render_template("bookings/calls.html", states=STATES, colours=COLOURS, **shown)

    @console.post("/calls/<uuid:call_id>/look")
    @requires(desk.permission)
    def look_to_call(call_id: UUID) -> Response:
        """The name and the number, for this call."""
        uow = current_uow()
        call = call_of(uow, calls_of(part).where(desk.mine(uow)), call_id)
        refuse_stale(call, seen_here())  # a colleague has just called
        look_at(uow, part, [call.booking], "contact")
        return see_other(".calls", said=f"{part}.looked", _anchor=f"call-{call_id}")

    @console.post("/calls/<uuid:call_id>/ended")
    @requires(desk.permission)
    def call_ended(call_id: UUID) -> Response:
        """What came of it; „again“ from the list of those that were made puts it back."""
        uow, result = current_uow(), request.form.get("result", "")
        rows = calls_of(part).where(desk.mine(uow))
        call = call_of(uow, rows, call_id, to_change=True)
        if result not in RESULTS:
            abort(422)
        end_call(uow, call, part, result, expected_version=seen_here())
        return see_other(".calls", said=f"{part}.called")
