"""Blueprint of the staff pages, and what they share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from obshto.modules.assistants.services.check_ins import DEPARTURE
from obshto.modules.assistants.services.kinds import (
    AT_HOME,
    HALVES,
    LANGUAGES,
    LESSONS,
    NEEDS,
    SUBJECTS,
    TIMES,
)
from obshto.modules.assistants.services.places import places_here
from obshto.modules.assistants.services.round_trip import FACTOR
from obshto.modules.assistants.services.states import (
    AHEAD,
    COLOURS,
    ENDED,
    RUNNING,
    STATES,
    UNDERWAY,
    VISIT_COLOURS,
    VISIT_STATES,
    WAYS,
)
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import AGES

console = Blueprint("assistants_console", __name__)
Answer = str | tuple[str, int] | Response


def words() -> dict[str, Any]:
    """What every staff page needs to say things."""
    return {
        "places": places_here(current_uow()),
        "subjects": SUBJECTS,
        "lessons": LESSONS,
        "needs": NEEDS,
        "times": TIMES,
        "at_home": AT_HOME,
        "languages": LANGUAGES,
        "ages": AGES,
        "halves": HALVES,
        "states": STATES,
        "colours": COLOURS,
        "visit_states": VISIT_STATES,
        "visit_colours": VISIT_COLOURS,
        "ways": WAYS,
        "ahead": AHEAD,
        "underway": UNDERWAY,
        "ended": ENDED,
        "running": RUNNING,
        "departure": DEPARTURE,
        "factor": FACTOR,
    }
