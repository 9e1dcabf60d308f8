"""Recording of a meeting while it is held: begun and ended by a script, or ended by hand."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from obshto.modules.videos.console.videos import back_to, video_here
from obshto.modules.videos.permissions import VideosPermission
from obshto.modules.videos.services import live_recordings
from obshto.modules.videos.services.videos import agendas
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.request_uow import current_uow


def add_recordings(console: Blueprint) -> None:
    """Its pages belong to the console of videos."""
    post = ["POST"]
    console.add_url_rule("/recordings", view_func=begin_recording, methods=post)
    console.add_url_rule("/<uuid:video_id>/end", view_func=end_recording, methods=post)


@requires(VideosPermission.EDIT)
def begin_recording() -> tuple[Response, int]:
    """Meeting and the id of the request: where the parts go, and where it ends."""
    uow, port = current_uow(), agendas()
    meeting_id = request.form.get("meeting", type=UUID)
    request_id = request.form.get("request_id", type=UUID)
    if port is None or meeting_id is None or request_id is None:
        abort(422)
    meeting = port.meetings_of(uow, [meeting_id]).get(meeting_id) or abort(404)
    try:
        video, upload = live_recordings.begin_recording(uow, meeting, request_id=request_id)
    except DomainError as refusal:
        return jsonify(problem=str(refusal)), refusal.status
    paths = {word: url_for(f".{word}", video_id=video.id) for word in ("part", "desk")}
    paths["end"] = url_for(".end_recording", video_id=video.id)
    return jsonify(upload=str(upload.id), received=upload.received, **paths), 200


@requires(VideosPermission.EDIT)
def end_recording(video_id: UUID) -> AnyResponse:
    """What came becomes the file of the video."""
    has_file = live_recordings.end_recording(current_uow(), video_here(video_id))
    return back_to(video_id, "videos.recorded" if has_file else "videos.recorded-nothing")
