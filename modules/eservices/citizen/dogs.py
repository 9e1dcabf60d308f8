"""My dogs: what the register says of them, the fee of each year, the next vaccination.

What happened before somebody kept a dog is not told to them.
"""

from __future__ import annotations

from flask import abort
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.services.dogs import duties, event_text, queries
from obshto.platform.clock import day_of
from obshto.platform.web.access import signed_in
from obshto.platform.web.request_uow import current_principal, current_uow


@citizen.get("/dogs")
@signed_in
def dogs() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    kept = queries.dogs_kept_by(uow, me)
    happened = queries.entries_of(uow, [dog.id for dog, _ in kept])
    entries = {
        keeping.id: [entry for entry in happened[dog.id] if day_of(entry.at) >= keeping.since]
        for dog, keeping in kept
    }
    return private(
        "eservices/my_dogs.html",
        kept=kept,
        bills=duties.bills_of(uow, [keeping for _, keeping in kept]),
        entries=entries,
        names=event_text.ENTRIES,
        states=event_text.STATES,
        exempt=event_text.EXEMPT,
        purposes=event_text.PURPOSES,
        today=day_of(uow.now),
    )
