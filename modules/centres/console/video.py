"""Staff pages of office hours by video: those to come, the room of one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify, render_template

from obshto.modules.centres.console.centres import console
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services import video_hours
from obshto.modules.centres.services.booking_kind import title_of
from obshto.modules.centres.services.kinds import PART
from obshto.modules.centres.services.queries import centre_of
from obshto.platform.bookings import queries as bookings
from obshto.platform.video.rooms import video_rooms
from obshto.platform.web.access import requires
from obshto.platform.web.headers import allow_media
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow


@console.get("/video")
@requires(CentresPermission.RECEIVE)
def video_list() -> str:
    """Booked hours by video that are not over; no names."""
    uow = current_uow()
    page = paginate(uow.session, video_hours.coming(uow), page_number())
    ends = bookings.ends_of(uow, page.rows)
    is_open = {one.id: video_hours.is_open(uow, one, ends[one.group_id]) for one in page.rows}
    shown: dict[str, Any] = {"ends": ends, "is_open": is_open, "opens_at": video_hours.opens_at}
    shown |= {"has_server": bool(video_rooms().address), "title_of": title_of}
    return render_template("centres/video_list.html", page=page, **shown)


@console.get("/video/<uuid:booking_id>")
@requires(CentresPermission.RECEIVE)
def video(booking_id: UUID) -> str:
    """The room of one hour."""
    uow = current_uow()
    found = bookings.booking_of(uow, PART, booking_id)
    ends_at, address = bookings.ends_of(uow, [found])[found.group_id], video_rooms().address
    is_open = video_hours.is_open(uow, found, ends_at)
    if address and is_open:
        allow_media(address)
    shown: dict[str, Any] = {"booking": found, "ends_at": ends_at, "is_open": is_open}
    shown |= {"address": address, "opens_at": video_hours.opens_at(found)}
    centre = centre_of(uow, found.slot.resource.object_id)
    return render_template("centres/host_video.html", centre=centre, **shown)


@console.get("/video/<uuid:booking_id>/token")
@requires(CentresPermission.RECEIVE)
def video_token(booking_id: UUID) -> Response:
    """What the browser of the official connects with, for two minutes."""
    uow = current_uow()
    token = video_hours.official_token(uow, bookings.booking_of(uow, PART, booking_id))
    answer = jsonify(address=video_rooms().address, token=token)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
