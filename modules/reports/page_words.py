"""Words that every page of reports needs to say things."""

from __future__ import annotations

from typing import Any

from obshto.modules.reports.services.kinds import BODIES, KINDS
from obshto.modules.reports.services.states import COLOURS, STATES, WAYS
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import name_of, settlements_here


def words() -> dict[str, Any]:
    """Kinds, states and places as templates take them. One read."""
    names = settlements_here(current_uow())
    return {
        "kinds": KINDS,
        "states": STATES,
        "colours": COLOURS,
        "ways": WAYS,
        "bodies": BODIES,
        "names": names,
        "place_of": lambda code: name_of(code, names, current_language()),
    }
