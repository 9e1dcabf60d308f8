"""Staff pages of a call list, the same in each part that has one.

The names of a part's notices are „<part>.called“ and „<part>.looked“.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.calls.desk import CallDesk
from obshto.platform.calls.services import call_of, end_call, refuse_stale
from obshto.platform.calls.states import AGAIN, CALL_COLOURS, CALLED, CALLS
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

RESULTS = (*CALLED, AGAIN)
CALL_WORDS: Mapping[str, Any] = {"call_states": CALLS, "call_colours": CALL_COLOURS}


def add_call_pages(console: Blueprint, desk: CallDesk[Any]) -> None:
    """The list, a name with its number for one call, the result of it."""
    part = desk.part

    @console.get("/calls")
    @requires(desk.permission)
    def calls() -> str:
        uow, chosen = current_uow(), request.args.get("list", "owed")
        lists = {"owed": desk.owed, "ended": desk.ended}
        rows = lists[chosen](uow) if chosen in lists else abort(404)
        page = paginate(uow.session, rows, page_number())
        shown = {"page": page, "chosen": chosen, "desk": desk, **CALL_WORDS}
        return render_template("calls/calls.html", callees=desk.callees(uow, page.rows), **shown)

    @console.post("/calls/<uuid:call_id>/look")
    @requires(desk.permission)
    def look_to_call(call_id: UUID) -> Response:
        """The name and the number, for this call."""
        uow = current_uow()
        call = call_of(uow, desk.rows(uow), desk.model, call_id)
        refuse_stale(call, seen_here())  # a colleague has just called
        desk.look(uow, call)
        return see_other(".calls", said=f"{part}.looked", _anchor=f"call-{call_id}")

    @console.post("/calls/<uuid:call_id>/ended")
    @requires(desk.permission)
    def call_ended(call_id: UUID) -> Response:
        """What came of it; „again“ from the list of those that were made puts it back."""
        uow, result = current_uow(), request.form.get("result", "")
        call = call_of(uow, desk.rows(uow), desk.model, call_id, to_change=True)
        if result not in RESULTS:
            abort(422)
        if end_call(uow, call, result, expected_version=seen_here()):
            desk.tell_ended(uow, call)
        return see_other(".calls", said=f"{part}.called")
