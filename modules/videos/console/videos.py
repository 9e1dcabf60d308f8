"""List, words, publication and deletion of videos."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.videos.forms.videos import HideVideoForm, VideoForm, shown_video
from obshto.modules.videos.models import Video
from obshto.modules.videos.permissions import VideosPermission
from obshto.modules.videos.services import uploads, videos
from obshto.modules.videos.services.downloads import begin_at
from obshto.modules.videos.services.page_context import WORDS, page_of
from obshto.modules.videos.services.retention import SOON, kept_until
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.storage.media import media_store
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.writes import is_write

console = Blueprint("videos_console", __name__)
Answer = str | tuple[str, int] | Response
STATES = (videos.PUBLIC, videos.DRAFTS, videos.HIDDEN)
_BOTH = ["GET", "POST"]


@console.get("/")
@requires(VideosPermission.EDIT)
def index() -> str:
    """Videos by state, found by words."""
    uow, words = current_uow(), request.args.get("q", "").strip()[:100]
    chosen = request.args.get("list", "")
    chosen = chosen if chosen in STATES else videos.PUBLIC
    page = paginate(uow.session, videos.staff_videos(chosen, words), page_number())
    about: dict[str, Any] = {"page": page, "chosen": chosen, "words": words}
    about["counts"] = counts(uow, {state: videos.staff_videos(state) for state in STATES})
    about |= {"has_store": media_store() is not None, "today": day_of(uow.now), "soon": SOON}
    about["kept"] = {video.id: kept_until(uow, video) for video in page.rows}
    return render_template("videos/console.html", **about, **WORDS)


@console.route("/new", methods=_BOTH)
@requires(VideosPermission.EDIT)
def write() -> Answer:
    """A draft; its file and captions come next."""
    uow, form = current_uow(), VideoForm()
    form.offer(uow)
    if form.validate_on_submit():
        video = videos.write_video(uow, form.details(), request_id=form.request_id.data)
        return back_to(video.id, "videos.written")
    return filled("videos/write.html", form, video=None)


@console.get("/<uuid:video_id>")
@requires(VideosPermission.EDIT)
def desk(video_id: UUID) -> str:
    """Overview of a video: what it has, what it still lacks."""
    uow = current_uow()
    video = videos.video_of(uow, video_id)
    about: dict[str, Any] = page_of(uow, video) | {"begin": begin_at(request.args.get("from", ""))}
    about |= {"upload": uploads.upload_of(uow, video_id), "kept_until": kept_until(uow, video)}
    return render_template("videos/desk.html", has_store=media_store() is not None, **about)


@console.route("/<uuid:video_id>/edit", methods=_BOTH)
@requires(VideosPermission.EDIT)
def edit(video_id: UUID) -> Answer:
    uow, video = current_uow(), video_here(video_id)
    form = VideoForm(data=shown_video(video))
    form.offer(uow, video)
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            videos.edit_video(uow, video, form.details(), expected_version=seen)
            return back_to(video_id, "videos.saved")
        except DomainError as refusal:
            tell(form, refusal, video)
    return filled("videos/write.html", form, video=video)


@console.post("/<uuid:video_id>/publish")
@requires(VideosPermission.EDIT)
def publish(video_id: UUID) -> Response:
    videos.publish_video(current_uow(), video_here(video_id), expected_version=seen_here())
    return back_to(video_id, "videos.published")


@console.route("/<uuid:video_id>/hide", methods=_BOTH)
@requires(VideosPermission.EDIT)
def hide(video_id: UUID) -> Answer:
    """It asks why."""
    uow, video = current_uow(), video_here(video_id)
    form = HideVideoForm(data={"expected_version": video.version})
    if form.validate_on_submit():
        because, seen = form.because.data.strip(), form.expected_version.data
        try:
            videos.hide_video(uow, video, because, expected_version=seen)
            return back_to(video_id, "videos.hidden")
        except DomainError as refusal:
            tell(form, refusal, video)
    return filled("videos/hide.html", form, video=video)


@console.get("/<uuid:video_id>/delete")
@requires(VideosPermission.EDIT)
def ask_to_delete(video_id: UUID) -> str:
    return render_template("videos/delete.html", video=videos.video_of(current_uow(), video_id))


@console.post("/<uuid:video_id>/delete")
@requires(VideosPermission.EDIT)
def delete(video_id: UUID) -> Response:
    videos.delete_video(current_uow(), video_here(video_id), expected_version=seen_here())
    return see_other(".index", list=videos.DRAFTS, said="videos.deleted")


def video_here(video_id: UUID) -> Video:
    """Locked when something is sent."""
    return videos.video_of(current_uow(), video_id, to_change=is_write())


def back_to(video_id: UUID, said: str) -> Response:
    """To the desk of the video."""
    return see_other(".desk", video_id=video_id, said=said)
