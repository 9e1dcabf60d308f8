"""My dogs: what the register says of them, the fee of each year, the next vaccination.

What happened before somebody kept a dog is not told to them.
"""

from __future__ import annotations

from flask import abort
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.services.dogs import duties, reading, telling
from obshto.modules.eservices.services.terms import day_of
from obshto.platform.web.access import signed_in
from obshto.platform.web.edge import current_principal, current_work


@citizen.get("/dogs")
@signed_in
def dogs() -> Response:
    work, me = current_work(), current_principal().person_id or abort(403)
    kept = reading.dogs_kept_by(work, me)
    happened = reading.entries_of(work, [dog.id for dog, _ in kept])
    entries = {
        keeping.id: [entry for entry in happened[dog.id] if day_of(entry.at) >= keeping.since]
        for dog, keeping in kept
    }
    return private(
        "eservices/my_dogs.html",
        kept=kept,
        bills=duties.bills_of(work, [keeping for _, keeping in kept]),
        entries=entries,
        names=telling.ENTRIES,
        states=telling.STATES,
        exempt=telling.EXEMPT,
        purposes=telling.PURPOSES,
        today=day_of(work.now),
    )
