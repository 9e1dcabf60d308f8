"""Public pages: the list, a video with its chapters, its text, captions and the file itself."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.videos.services import videos
from obshto.modules.videos.services.captions import MOST_FOUND, cues
from obshto.modules.videos.services.cuts import CUT, span_of
from obshto.modules.videos.services.downloads import begin_at, captions_file, video_file
from obshto.modules.videos.services.page_context import WORDS, meetings_of, page_of, text_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("videos_citizen", __name__)


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
    """The player. `from` is the second at which it begins, `as` a smaller file; without scripts."""
    uow = current_uow()
    video = videos.public_video(uow, video_id)
    about = page_of(uow, video) | {"begin": begin_at(request.args.get("from", ""))}
    chosen = about["renditions"].get(request.args.get("as", ""))
    if chosen and chosen.kind == CUT:
        about["begin"] = 0  # seconds of an address are those of the whole
    return render_template("videos/show.html", chosen=chosen, **about)


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
    """With `as=cut` those of the short version."""
    uow = current_uow()
    video = videos.public_video(uow, video_id)
    is_cut = request.args.get("as", "") == CUT
    return captions_file(uow, video_id, span_of(video) if is_cut else None)


@citizen.get("/<uuid:video_id>/file")
@open_to_all
def file(video_id: UUID) -> Response:
    """The file, or with `as` a smaller one."""
    uow = current_uow()
    return video_file(uow, videos.public_video(uow, video_id), request.args.get("as", ""))
