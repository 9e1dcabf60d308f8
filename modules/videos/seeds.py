"""Demonstration videos without files: what is said in them, their chapters, one draft."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import g

from obshto.modules.videos.models import PRESENTATION, RECORDING, Video
from obshto.modules.videos.services.caption_file import Cue
from obshto.modules.videos.services.captions import put_captions
from obshto.modules.videos.services.chapters import (
    ChapterWords,
    offered_chapters,
    save_chapters,
)
from obshto.modules.videos.services.timecodes import SECOND
from obshto.modules.videos.services.videos import (
    VideoDetails,
    agendas,
    hide_video,
    publish_video,
    write_video,
)
from obshto.platform.clock import day_of
from obshto.platform.modularity.meeting_recordings import RecordedMeeting
from obshto.platform.unit_of_work import UnitOfWork

EACH = 6 * SECOND  # of a cue
SAID = (
    "Добър ден. Това е измислен запис за демонстрацията.",
    "Първо чуваме предложението, после питат гражданите.",
    "Докладът е качен при материалите.",
    "Има ли въпроси от залата?",
    "Питат кога ще се ремонтира пътят до гробищата.",
    "Отговорът е: през пролетта, след търга.",
    "Минаваме към гласуване.",
)
SHOWN = (
    "Ще Ви покажем как се подава заявление от телефона.",
    "Отворете портала и натиснете „Услуги“.",
    "Изберете услугата и отговорете на въпросите, един по един.",
    "Накрая ще видите номер. Запишете го или го снимайте.",
    "Ако се затрудните, обадете се. Ще попълним заедно.",
)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    # No request gate has said what is on; agendas are asked where meetings are sown, too.
    g.modules = frozenset({*g.get("modules", ()), "videos", "meetings"})
    if meeting := _held(uow):
        _recording(uow, meeting)
    today = day_of(uow.now)
    shown = VideoDetails(
        kind=PRESENTATION,
        title="Как се подава заявление от телефона",
        about="Представяне за две минути. Измислено е за демонстрацията.",
        recorded_on=today - timedelta(days=40),
        link="/eservices/",
    )
    video = _written(uow, shown, "presentation", SHOWN)
    parts = [ChapterWords(title="Начало", seconds=0), ChapterWords(title="Номерът", seconds=18)]
    _finished(uow, video, parts)
    hidden = VideoDetails(
        kind=RECORDING, title="Среща за водата", recorded_on=today - timedelta(days=90)
    )
    _hide(uow, _written(uow, hidden, "hidden", SAID[:3]))
    draft = VideoDetails(
        kind=RECORDING, title="Приемен ден на кмета", recorded_on=today - timedelta(days=2)
    )
    write_video(uow, draft, request_id=_key(uow, "draft"))


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    details = VideoDetails(
        kind=RECORDING,
        title=f"Контролна чернова {mark}",
        about="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
        recorded_on=day_of(uow.now),
    )
    write_video(uow, details, request_id=uuid5(NAMESPACE_URL, f"videos/{mark}"))


def _held(uow: UnitOfWork) -> RecordedMeeting | None:
    """The meeting with the longest agenda, as a session of the council has it."""
    port = agendas()
    found = port.recorded(uow, most=20) if port else ()
    known = ((len(port.points_of(uow, one.id)), one.starts_at, one) for one in found if port)
    best = max(known, key=lambda one: one[:2], default=None)
    return best[2] if best else None


def _recording(uow: UnitOfWork, meeting: RecordedMeeting) -> None:
    details = VideoDetails(
        kind=RECORDING,
        title=f"Запис: {meeting.title}",
        about="Измислен запис за демонстрацията, без картина.",
        recorded_on=day_of(meeting.starts_at),
        meeting_id=meeting.id,
    )
    video = _written(uow, details, "recording", SAID * 3)
    offered = offered_chapters(uow, video)
    parts = [
        ChapterWords(title=one.title, seconds=number * 12, item_id=one.item_id)
        for number, one in enumerate(offered)
    ]
    _finished(uow, video, parts)


def _written(uow: UnitOfWork, details: VideoDetails, key: str, said: tuple[str, ...]) -> Video:
    video = write_video(uow, details, request_id=_key(uow, key))
    if not video.has_captions and not video.hidden_because:
        rows = [
            Cue(start_ms=number * EACH, end_ms=(number + 1) * EACH, text=words)
            for number, words in enumerate(said)
        ]
        put_captions(uow, video, rows, expected_version=video.version)
        uow.session.flush()
    return video


def _finished(uow: UnitOfWork, video: Video, parts: list[ChapterWords]) -> None:
    if video.published_at or video.hidden_because:
        return
    save_chapters(uow, video, parts, expected_version=video.version)
    uow.session.flush()
    publish_video(uow, video, expected_version=video.version)
    uow.session.flush()


def _hide(uow: UnitOfWork, video: Video) -> None:
    if video.hidden_because or video.published_at:
        return
    publish_video(uow, video, expected_version=video.version)
    uow.session.flush()
    hide_video(uow, video, "Чува се личен адрес (пример)", expected_version=video.version)
    uow.session.flush()


def _key(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"videos/{uow.scope.slug}/{key}")
