"""The short address that stands on paper."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from obshto.platform.posters.addresses import path_behind
from obshto.platform.web.access import open_to_all
from obshto.platform.web.redirects import on_to
from obshto.platform.web.request_uow import current_uow

front = Blueprint("posters_front", __name__)


@front.get("/go/<int(fixed_digits=5):number>")
@open_to_all
def go(number: int) -> Response:
    return on_to(path_behind(current_uow(), number))
