"""Public pages: the list, a video with its chapters, its text, captions and the file itself."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request

from obshto.modules.videos.models import Video
from obshto.modules.videos.services import videos
from obshto.modules.videos.services.captions import MOST_FOUND, cues, webvtt_of
from obshto.modules.videos.services.page_context import WORDS, meetings_of, page_of, text_of
from obshto.modules.videos.services.timecodes import LONGEST
from obshto.platform.storage.media import MIMES, media_store
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("videos_citizen", __name__)
VTT = "text/vtt; charset=utf-8"


@citizen.get("/")
@open_to_all
def index() -> str:
    """Recordings and presentations, the latest first; found by what is said in them."""
    uow, words = current_uow(), request.args.get("q", "").strip()[:100]
    kind = request.args.get("kind", "")
    page = paginate(uow.session, videos.public_videos(kind, words), page_number())
    about = {"page": page, "words": words, "kind": kind, "meetings": meetings_of(uow, page.rows)}
    return render_template("videos/index.html", **about, **WORDS)


@citizen.get("/<uuid:video_id>")
@open_to_all
def show(video_id: UUID) -> str:
    """The player; `from` is the second at which it begins, without scripts as well."""
    uow = current_uow()
    video = videos.public_video(uow, video_id)
    return render_template("videos/show.html", begin=begin_asked(), **page_of(uow, video))


@citizen.get("/<uuid:video_id>/text")
@open_to_all
def text(video_id: UUID) -> str:
    """Text version by chapters; with `q` the moments at which that is said."""
    uow, words = current_uow(), request.args.get("q", "").strip()[:100]
    about = text_of(uow, videos.public_video(uow, video_id))
    rows = cues(video_id, words).limit(MOST_FOUND)
    found = uow.session.scalars(rows).all() if words else ()
    return render_template("videos/text.html", words=words, found=found, **about)


@citizen.get("/<uuid:video_id>/captions.vtt")
@open_to_all
def captions(video_id: UUID) -> Response:
    videos.public_video(current_uow(), video_id)
    return captions_file(video_id)


@citizen.get("/<uuid:video_id>/file")
@open_to_all
def file(video_id: UUID) -> Response:
    return video_file(videos.public_video(current_uow(), video_id))


def begin_asked() -> int:
    """The second of the address; what is none is the beginning."""
    asked = request.args.get("from", 0, type=int)
    return asked if 0 < asked < LONGEST else 0


def captions_file(video_id: UUID) -> Response:
    """Captions as WebVTT."""
    rows = current_uow().session.scalars(cues(video_id))
    answer = Response(webvtt_of(rows), content_type=VTT)
    answer.headers.set("Content-Disposition", "inline", filename="nadpisi.vtt")
    return answer


def video_file(video: Video) -> Response:
    """The file by ranges; 404 where there is none, or its folder is not here."""
    uow, store = current_uow(), media_store()
    if store is None or video.file_key is None or video.mime not in MIMES.values():
        abort(404)
    assert uow.scope
    suffix = video.mime.partition("/")[2]
    return store.send(uow.scope.slug, video.file_key, video.mime, name=f"video.{suffix}")
