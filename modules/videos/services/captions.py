"""Captions of a video: a file put in place of all, then corrected cue by cue; the text version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select

from obshto.modules.videos.errors import CueBehindEnd, NoSuchCue, OverlappingCue, StaleVideo
from obshto.modules.videos.models import Video, VideoChapter, VideoCue
from obshto.modules.videos.services.caption_file import MOST_BYTES, Cue, plain_words
from obshto.modules.videos.services.timecodes import SECOND, cue_time
from obshto.modules.videos.services.videos import check_version, note_edit
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

MOST_READ = MOST_BYTES + 1  # of a file: one more tells that it is too big
PAUSE, PARAGRAPH = 3 * SECOND, 400  # silence, or characters, after which a paragraph ends
MOST_FOUND = 200


@dataclass(slots=True)
class SpokenParagraph:
    """Words that are said in one go, from a second on."""

    seconds: int
    text: str


@dataclass(slots=True)
class Passage:
    """A chapter as it is read; the words before the first chapter have none."""

    chapter: VideoChapter | None
    paragraphs: list[SpokenParagraph] = field(default_factory=list)


def cues(video_id: UUID, words: str = "") -> Select[VideoCue]:
    """In their order; with `words` those in which they are said."""
    rows = select(VideoCue).where(VideoCue.video_id == video_id)
    if words:
        rows = rows.where(VideoCue.text.icontains(words, autoescape=True))
    return rows.order_by(VideoCue.start_ms)


def cue_of(uow: UnitOfWork, video_id: UUID, cue_id: UUID) -> VideoCue:
    """Raises NoSuchCue."""
    found = uow.session.scalar(cues(video_id).where(VideoCue.id == cue_id))
    if found is None:
        raise NoSuchCue
    return found


def put_captions(
    uow: UnitOfWork, video: Video, read: Sequence[Cue], *, expected_version: int
) -> None:
    """In place of all there were; none take them away. The video must be locked.

    Raises StaleVideo.
    """
    known = uow.session.scalars(cues(video.id)).all()
    if [(cue.start_ms, cue.end_ms, cue.text) for cue in read] == [
        (cue.start_ms, cue.end_ms, cue.text) for cue in known
    ]:
        return
    check_version(video, expected_version)
    uow.session.execute(delete(VideoCue).where(VideoCue.video_id == video.id))
    rows = [
        {"id": new_id(), "video_id": video.id, "version": 1}
        | {"start_ms": cue.start_ms, "end_ms": cue.end_ms, "text": cue.text}
        for cue in read
    ]
    if rows:
        uow.session.execute(insert(VideoCue), rows)
    video.has_captions = bool(rows)
    note_edit(uow, video)


def add_cue(uow: UnitOfWork, video: Video, typed: Cue) -> VideoCue:
    """One more; the same words at the same time are written once. The video must be locked.

    Raises OverlappingCue, CueBehindEnd.
    """
    same = cues(video.id).where(VideoCue.start_ms == typed.start_ms)
    known = uow.session.scalar(same)
    if known and (known.end_ms, known.text) == (typed.end_ms, plain_words(typed.text)):
        return known
    cue = VideoCue(video_id=video.id, start_ms=0, end_ms=0, text="")
    _put(uow, video, cue, typed)
    uow.session.add(cue)
    video.has_captions = True
    note_edit(uow, video)
    uow.session.flush()
    return cue


def edit_cue(
    uow: UnitOfWork, video: Video, cue: VideoCue, typed: Cue, *, expected_version: int
) -> None:
    """Correct it. The video must be locked. Raises StaleVideo, OverlappingCue, CueBehindEnd."""
    told = (typed.start_ms, typed.end_ms, plain_words(typed.text))
    if told == (cue.start_ms, cue.end_ms, cue.text):
        return
    expect_version(cue, expected_version, StaleVideo)
    _put(uow, video, cue, typed)
    note_edit(uow, video)


def delete_cue(uow: UnitOfWork, video: Video, cue: VideoCue, *, expected_version: int) -> None:
    """Take it away. The video must be locked. Raises StaleVideo."""
    expect_version(cue, expected_version, StaleVideo)
    uow.session.delete(cue)
    uow.session.flush()
    left = select(func.count()).where(VideoCue.video_id == video.id)
    video.has_captions = bool(uow.session.scalar(left))
    note_edit(uow, video)


def _put(uow: UnitOfWork, video: Video, cue: VideoCue, typed: Cue) -> None:
    if video.seconds is not None and typed.start_ms >= video.seconds * SECOND:
        raise CueBehindEnd
    others = cues(video.id).where(VideoCue.id != cue.id) if cue.id else cues(video.id)
    touching = others.where(VideoCue.start_ms < typed.end_ms, VideoCue.end_ms > typed.start_ms)
    if uow.session.scalar(touching.limit(1)):
        raise OverlappingCue
    cue.start_ms, cue.end_ms, cue.text = typed.start_ms, typed.end_ms, plain_words(typed.text)


def cues_within(rows: Iterable[VideoCue], span: tuple[int, int]) -> list[Cue]:
    """What is said in these seconds, counted from the first of them."""
    start, until = (moment * SECOND for moment in span)
    return [
        Cue(
            start_ms=max(cue.start_ms, start) - start,
            end_ms=min(cue.end_ms, until) - start,
            text=cue.text,
        )
        for cue in rows
        if cue.end_ms > start and cue.start_ms < until
    ]


def webvtt_of(rows: Iterable[Cue | VideoCue]) -> str:
    """The file of captions (W3C WebVTT)."""
    told = ["WEBVTT"]
    for cue in rows:
        words = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        told.append(f"{cue_time(cue.start_ms)} --> {cue_time(cue.end_ms)}\n{words}")
    return "\n\n".join(told) + "\n"


def passages_of(chapters: Sequence[VideoChapter], rows: Iterable[VideoCue]) -> list[Passage]:
    """The text version: chapters, each with its paragraphs."""
    passages, ahead, end = [Passage(None)], list(chapters), 0
    for cue in rows:
        while ahead and ahead[0].seconds * SECOND <= cue.start_ms:
            passages.append(Passage(ahead.pop(0)))
        paragraphs = passages[-1].paragraphs
        last = paragraphs[-1] if paragraphs else None
        if last is None or cue.start_ms - end > PAUSE or _is_full(last.text):
            paragraphs.append(SpokenParagraph(cue.start_ms // SECOND, cue.text))
        else:
            last.text = f"{last.text} {cue.text}"
        end = cue.end_ms
    passages += [Passage(chapter) for chapter in ahead]
    return [one for one in passages if one.chapter or one.paragraphs]


def _is_full(text: str) -> bool:
    return len(text) > PARAGRAPH and text[-1] in ".!?…"
