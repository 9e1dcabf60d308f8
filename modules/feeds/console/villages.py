"""Staff page of villages: whose news go to the profile of the province."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.feeds.console.posts import console
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services import villages
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/villages")
@requires(FeedsPermission.VILLAGE)
def list_villages() -> str:
    uow = current_uow()
    people = villages.mayors_to_bind(uow) if villages.binds_mayors(uow) else {}
    return render_template(
        "feeds/villages.html", villages=villages.own_villages(uow), people=people
    )


@console.post("/villages/<ekatte>")
@requires(FeedsPermission.VILLAGE)
def choose_village(ekatte: str) -> Response:
    is_on = request.form.get("is_on") == "y"
    villages.choose(current_uow(), ekatte, is_on=is_on, expected_version=seen_here())
    return see_other("feeds_console.list_villages", said="feeds.chosen")


@console.post("/villages/<ekatte>/mayor")
@requires(FeedsPermission.VILLAGE)
def bind_mayor(ekatte: str) -> Response:
    uow, chosen = current_uow(), request.form.get("mayor", "")
    people = {str(key): (key, name) for key, name in villages.mayors_to_bind(uow).items()}
    if chosen and chosen not in people:
        abort(400)
    villages.bind_mayor(uow, ekatte, people.get(chosen), expected_version=seen_here())
    return see_other("feeds_console.list_villages", said="feeds.mayor-named")
