"""Chapters and captions: a file in place of all, then cue by cue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request

from obshto.modules.videos.console.videos import Answer, back_to, video_here
from obshto.modules.videos.errors import FaultyCaptions
from obshto.modules.videos.forms.captions import (
    CaptionFileForm,
    ChaptersForm,
    CueForm,
    CutForm,
    shown_chapters,
    shown_cue,
    shown_span,
)
from obshto.modules.videos.permissions import VideosPermission
from obshto.modules.videos.services import captions as service
from obshto.modules.videos.services import videos
from obshto.modules.videos.services.caption_file import read_captions
from obshto.modules.videos.services.chapters import offered_chapters, save_chapters
from obshto.modules.videos.services.cuts import offered_span, save_span
from obshto.modules.videos.services.downloads import captions_file
from obshto.modules.videos.services.page_context import WORDS
from obshto.platform.errors import DomainError
from obshto.platform.storage.media import media_store
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files


def add_captions(console: Blueprint) -> None:
    """Its pages belong to the console of videos."""
    both, post = ["GET", "POST"], ["POST"]
    for word, view, methods in (
        ("chapters", chapters, both),
        ("cut", cut, both),
        ("captions", captions, ["GET"]),
        ("captions/file", captions_upload, both),
        ("captions/remove", remove_captions, post),
        ("captions.vtt", vtt, ["GET"]),
        ("cues/new", add_cue, both),
        ("cues/<uuid:cue_id>", edit_cue, both),
        ("cues/<uuid:cue_id>/delete", delete_cue, post),
    ):
        console.add_url_rule(f"/<uuid:video_id>/{word}", view_func=view, methods=methods)


@requires(VideosPermission.EDIT)
def chapters(video_id: UUID) -> Answer:
    """A time and a title each; the points of the agenda wait for their time."""
    uow, video = current_uow(), video_here(video_id)
    form = ChaptersForm(data=shown_chapters(video.version, offered_chapters(uow, video)))
    if form.validate_on_submit():
        try:
            save_chapters(uow, video, form.words(), expected_version=form.expected_version.data)
            return back_to(video_id, "videos.chapters")
        except DomainError as refusal:
            tell(form, refusal, video)
    return filled("videos/chapters.html", form, video=video, **WORDS)


@requires(VideosPermission.EDIT)
def cut(video_id: UUID) -> Answer:
    """From where to where the short version goes; the first chapter is offered."""
    uow, video = current_uow(), video_here(video_id)
    form = CutForm(data=shown_span(video.version, offered_span(uow, video)))
    if form.validate_on_submit():
        try:
            save_span(uow, video, form.span(), expected_version=form.expected_version.data)
            return back_to(video_id, "videos.cut" if form.span() else "videos.cut-removed")
        except DomainError as refusal:
            tell(form, refusal, video)
    store = media_store()
    can_encode = store is not None and store.can_encode
    return filled("videos/cut.html", form, video=video, can_encode=can_encode)


@requires(VideosPermission.EDIT)
def captions(video_id: UUID) -> str:
    """Cues, found by words."""
    uow, words = current_uow(), request.args.get("q", "").strip()[:100]
    video = videos.video_of(uow, video_id)
    page = paginate(uow.session, service.cues(video_id, words), page_number())
    return render_template("videos/captions.html", video=video, page=page, words=words, **WORDS)


@requires(VideosPermission.EDIT)
@takes_files
def captions_upload(video_id: UUID) -> Answer:
    """A file; each fault of it is a sentence."""
    uow, video = current_uow(), video_here(video_id)
    form = CaptionFileForm(data={"expected_version": video.version})
    faults: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            content = form.file.data.stream.read(service.MOST_READ)
            read = read_captions(content, seconds=video.seconds)
            seen = form.expected_version.data
            service.put_captions(uow, video, read, expected_version=seen)
            return see_other(".captions", video_id=video_id, said="videos.captions")
        except DomainError as refusal:
            faults = refusal.faults if isinstance(refusal, FaultyCaptions) else ()
            tell(form, refusal, video)
    return filled("videos/captions_file.html", form, video=video, faults=faults)


@requires(VideosPermission.EDIT)
def remove_captions(video_id: UUID) -> Answer:
    video = video_here(video_id)
    service.put_captions(current_uow(), video, (), expected_version=seen_here())
    return see_other(".captions", video_id=video_id, said="videos.captions-removed")


@requires(VideosPermission.EDIT)
def vtt(video_id: UUID) -> Answer:
    """For the player of staff, and to correct it elsewhere."""
    uow = current_uow()
    videos.video_of(uow, video_id)
    return captions_file(uow, video_id)


@requires(VideosPermission.EDIT)
def add_cue(video_id: UUID) -> Answer:
    uow, video, form = current_uow(), video_here(video_id), CueForm()
    if form.validate_on_submit():
        try:
            service.add_cue(uow, video, form.cue())
            return see_other(".captions", video_id=video_id, said="videos.cue-saved")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("videos/cue.html", form, video=video, cue=None)


@requires(VideosPermission.EDIT)
def edit_cue(video_id: UUID, cue_id: UUID) -> Answer:
    uow, video = current_uow(), video_here(video_id)
    cue = service.cue_of(uow, video_id, cue_id)
    form = CueForm(data=shown_cue(cue))
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            service.edit_cue(uow, video, cue, form.cue(), expected_version=seen)
            return see_other(".captions", video_id=video_id, said="videos.cue-saved")
        except DomainError as refusal:
            tell(form, refusal, cue)
    about: dict[str, Any] = {"video": video, "cue": cue}
    return filled("videos/cue.html", form, **about)


@requires(VideosPermission.EDIT)
def delete_cue(video_id: UUID, cue_id: UUID) -> Answer:
    uow, video = current_uow(), video_here(video_id)
    cue = service.cue_of(uow, video_id, cue_id)
    service.delete_cue(uow, video, cue, expected_version=seen_here())
    return see_other(".captions", video_id=video_id, said="videos.cue-deleted")
