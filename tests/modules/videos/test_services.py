"""What videos promise: uploads that go on, captions that are right, terms that do not move."""

import os
from dataclasses import fields
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from support.video_files import mp4

from obshto.modules.videos.errors import (
    CueBehindEnd,
    DoubledChapter,
    FaultyCaptions,
    NoMediaStore,
    NothingToShow,
    OverlappingCue,
    StaleVideo,
    StillPublished,
    UploadElsewhere,
    VideoTooBig,
)
from obshto.modules.videos.events import EVENTS
from obshto.modules.videos.models import PRESENTATION
from obshto.modules.videos.search import SEARCH
from obshto.modules.videos.services import captions, uploads, videos
from obshto.modules.videos.services.caption_file import Cue, read_captions
from obshto.modules.videos.services.chapters import (
    ChapterWords,
    chapters_of,
    offered_chapters,
    save_chapters,
)
from obshto.modules.videos.services.recordings_port import Recordings
from obshto.modules.videos.services.retention import erase_expired, kept_until
from obshto.modules.videos.services.timecodes import read_time, spoken
from obshto.platform.clock import day_of
from obshto.platform.storage.errors import NotVideo
from obshto.platform.storage.media import MEDIA_STORE, YOUNG

GOOD = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Кметът>Добър ден &amp; добре дошли\n\n"
GOOD += "NOTE бележка\n\n2\n00:04.000 --> 00:06.500 align:start\nЗапочваме\n"


def chosen(content, name="zapis.mp4"):
    return uploads.ChosenFile(name=name, size=len(content), modified=1)


def put_file(uow, video, content):
    row = uploads.begin_upload(uow, video, chosen(content))
    return uploads.take_part(uow, video, row.id, 0, BytesIO(content))


def caption(uow, video, *spans):
    rows = [Cue(start_ms=start, end_ms=end, text=f"дума {start}") for start, end in spans]
    captions.put_captions(uow, video, rows, expected_version=video.version)
    uow.session.flush()


def test_an_upload_goes_on_where_it_stopped(uow, write, store):
    video, content = write(uow), mp4(padding=1000)
    row = uploads.begin_upload(uow, video, chosen(content))
    first = uploads.take_part(uow, video, row.id, 0, BytesIO(content[:400]))
    assert (first.received, first.is_whole) == (400, False)
    again = uploads.begin_upload(uow, video, chosen(content))
    assert (again.id, again.received) == (row.id, 400)
    # The part that was confirmed comes once more: its answer was lost.
    assert uploads.take_part(uow, video, row.id, 0, BytesIO(content[:400])).received == 400
    with pytest.raises(UploadElsewhere):
        uploads.take_part(uow, video, row.id, 500, BytesIO(content[500:]))
    last = uploads.take_part(uow, video, row.id, 400, BytesIO(content[400:]))
    assert last.is_whole
    assert (video.mime, video.seconds, video.size) == ("video/mp4", 100, len(content))
    assert uploads.take_part(uow, video, row.id, 400, BytesIO(content[400:])).is_whole
    [file] = store.list_files("gorno-selo")
    assert Path(file.place).read_bytes() == content


def test_another_file_takes_the_place_of_an_upload_under_way(uow, write, store):
    video, content = write(uow), mp4()
    first = uploads.begin_upload(uow, video, chosen(content))
    other = uploads.begin_upload(uow, video, chosen(content, "drug.mp4"))
    assert other.id != first.id
    with pytest.raises(UploadElsewhere):
        uploads.take_part(uow, video, first.id, 0, BytesIO(content))


def test_what_is_no_video_and_what_is_too_big_is_refused(uow, write, store):
    video = write(uow)
    with pytest.raises(NotVideo):
        put_file(uow, video, b"no video" * 100)
    too_big = uploads.ChosenFile(name="a", size=uploads.LARGEST + 1)
    with pytest.raises(VideoTooBig):
        uploads.begin_upload(uow, video, too_big)


def test_without_a_folder_nothing_is_uploaded(uow, write, app, store):
    app.extensions[MEDIA_STORE] = None
    with pytest.raises(NoMediaStore):
        put_file(uow, write(uow), mp4())
    uploads.sweep_files(uow)


def test_the_sweep_spares_a_running_upload_and_takes_a_replaced_file(uow, write, store):
    video, running, content = write(uow), write(uow), mp4(padding=90)
    put_file(uow, video, content)
    old = video.file_key
    put_file(uow, video, mp4(padding=91))
    row = uploads.begin_upload(uow, running, chosen(content))
    uploads.take_part(uow, running, row.id, 0, BytesIO(content[:50]))
    for file in store.list_files("gorno-selo"):
        os.utime(file.place, (file.changed - YOUNG - 60,) * 2)
    uow.session.flush()
    uploads.forget_stale_uploads(uow)
    uploads.sweep_files(uow)
    left = {file.key for file in store.list_files("gorno-selo")}
    assert left == {str(video.file_key), str(row.id)} and str(old) not in left
    row.last_at -= uploads.RESUMABLE + timedelta(minutes=1)
    uow.session.flush()
    uploads.forget_stale_uploads(uow)
    uploads.sweep_files(uow)
    assert {file.key for file in store.list_files("gorno-selo")} == {str(video.file_key)}


def test_captions_of_both_kinds_are_read():
    [first, second] = read_captions(GOOD.encode(), seconds=10)
    assert (first.start_ms, first.end_ms, first.text) == (1000, 4000, "Добър ден & добре дошли")
    assert second.end_ms == 6500
    old = "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Здравейте</i>\r\n".encode("cp1251")
    assert [cue.text for cue in read_captions(old, seconds=None)] == ["Здравейте"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("00:05.000 --> 00:04.000\nа", "Ред 3: надписът свършва, преди да е започнал"),
        ("00:0x --> 00:04.000\nа", "Ред 3: времето не се разбира. Пише се 00:01:05.000"),
        ("само думи", "Ред 3: липсва време като 00:01:05.000 --> 00:01:09.000"),
        ("00:01.000 --> 00:02.000\n", "Ред 3: под времето няма текст"),
        (
            "00:01.000 --> 00:05.000\nа\n\n00:04.000 --> 00:06.000\nб",
            "Ред 6: надписът започва, преди предишният да свърши",
        ),
        (
            "00:04.000 --> 00:05.000\nа\n\n00:01.000 --> 00:02.000\nб",
            "Ред 6: надписите не са подредени по време",
        ),
        ("01:00.000 --> 01:01.000\nа", "Ред 3: надписът е след края на видеото"),
    ],
)
def test_each_fault_of_a_caption_file_is_a_sentence(body, sentence):
    with pytest.raises(FaultyCaptions) as refused:
        read_captions(f"WEBVTT\n\n{body}".encode(), seconds=30)
    assert refused.value.faults == (sentence,)


def test_a_cue_is_corrected_alone_and_never_overlaps(uow, write):
    video = write(uow)
    caption(uow, video, (0, 2000), (3000, 5000))
    first, second = uow.session.scalars(captions.cues(video.id)).all()
    told = Cue(start_ms=0, end_ms=2500, text=" Поправено ")
    captions.edit_cue(uow, video, first, told, expected_version=first.version)
    assert (first.end_ms, first.text) == (2500, "Поправено")
    with pytest.raises(OverlappingCue):
        wide = Cue(start_ms=2000, end_ms=5000, text="а")
        captions.edit_cue(uow, video, second, wide, expected_version=second.version)
    with pytest.raises(StaleVideo):
        captions.edit_cue(uow, video, second, told, expected_version=second.version - 1)
    video.seconds = 10
    with pytest.raises(CueBehindEnd):
        captions.add_cue(uow, video, Cue(start_ms=10_000, end_ms=11_000, text="а"))
    added = Cue(start_ms=6000, end_ms=7000, text="Край")
    assert captions.add_cue(uow, video, added).id == captions.add_cue(uow, video, added).id
    for cue in uow.session.scalars(captions.cues(video.id)).all():
        uow.session.refresh(cue)
        captions.delete_cue(uow, video, cue, expected_version=cue.version)
    assert not video.has_captions


def test_the_search_reads_captions_as_they_are_spoken(uow, write):
    """Whatever order they were written in; two readings of one video say the same."""
    video = write(uow, about="Заседание.")
    caption(uow, video, (3000, 4000), (6000, 7000))
    video.published_at = uow.now
    captions.add_cue(uow, video, Cue(start_ms=0, end_ms=1000, text="Първо"))
    captions.add_cue(uow, video, Cue(start_ms=5000, end_ms=5500, text="После"))
    uow.session.flush()
    [entry] = SEARCH.of(uow, [video.id])
    assert entry.text == "Заседание. Първо дума 3000 После дума 6000"


def test_the_text_version_stands_under_its_chapters(uow, write):
    video = write(uow)
    caption(uow, video, (0, 1000), (1000, 2000), (9000, 10_000), (61_000, 62_000))
    parts = [ChapterWords(title="Втора", seconds=60), ChapterWords(title="Без време")]
    save_chapters(uow, video, parts, expected_version=video.version)
    uow.session.flush()
    rows = uow.session.scalars(captions.cues(video.id)).all()
    before, second = captions.passages_of(chapters_of(uow, video.id), rows)
    assert [one.text for one in before.paragraphs] == ["дума 0 дума 1000", "дума 9000"]
    assert (second.chapter.title, second.paragraphs[0].seconds) == ("Втора", 61)
    assert "00:01:01.000 --> 00:01:02.000\nдума 61000\n" in captions.webvtt_of(rows)


def test_points_of_the_agenda_become_chapters_that_the_meeting_finds(uow, write, meet):
    meeting, [mill, road] = meet(uow)
    video = write(uow, meeting_id=meeting.id)
    offered = offered_chapters(uow, video)
    assert [(one.title, one.seconds) for one in offered] == [
        ("Наемът на мелницата", None),
        ("Пътят", None),
    ]
    typed = [ChapterWords(title=one.title, seconds=7, item_id=one.item_id) for one in offered]
    with pytest.raises(DoubledChapter):
        save_chapters(uow, video, typed, expected_version=video.version)
    save_chapters(uow, video, typed[:1], expected_version=video.version)
    assert [one.item_id for one in offered_chapters(uow, video)] == [mill.id, road.id]
    assert Recordings().recordings_of(uow, meeting.id) == ()  # a draft
    caption(uow, video, (0, 1000))
    videos.publish_video(uow, video, expected_version=video.version)
    uow.session.flush()
    [told] = Recordings().recordings_of(uow, meeting.id)
    [minute] = told.minutes
    assert (minute.item_id, minute.clock) == (mill.id, "0:07")
    assert minute.path == f"{video.path}/text#at-7"  # without a file the text is what there is


def test_nothing_is_published_before_there_is_something_to_see_or_read(uow, write):
    video = write(uow)
    with pytest.raises(NothingToShow):
        videos.publish_video(uow, video, expected_version=video.version)


def test_what_citizens_see_is_hidden_before_it_is_deleted(uow, write):
    video = write(uow)
    caption(uow, video, (0, 1000))
    videos.publish_video(uow, video, expected_version=video.version)
    uow.session.flush()
    with pytest.raises(StillPublished):
        videos.delete_video(uow, video, expected_version=video.version)
    videos.hide_video(uow, video, "Чува се адрес", expected_version=video.version)
    uow.session.flush()
    videos.delete_video(uow, video, expected_version=video.version)
    assert uow.session.scalar(captions.cues(video.id)) is None


def test_the_term_runs_from_the_recording_and_never_anew(uow, write):
    today = day_of(uow.now)
    old = write(uow, recorded_on=today.replace(year=today.year - 5) - timedelta(days=1))
    last_day = write(uow, recorded_on=today.replace(year=today.year - 5))
    shown = write(uow, kind=PRESENTATION, recorded_on=date(2001, 1, 1))
    before = kept_until(uow, old)
    caption(uow, old, (0, 1000))
    videos.publish_video(uow, old, expected_version=old.version)
    uow.session.flush()
    videos.hide_video(uow, old, "Поправка", expected_version=old.version)
    uow.session.flush()
    videos.publish_video(uow, old, expected_version=old.version)
    uow.session.flush()
    assert kept_until(uow, old) == before and kept_until(uow, shown) is None
    ids = {name: row.id for name, row in (("old", old), ("last", last_day), ("shown", shown))}
    erase_expired(uow)
    erase_expired(uow)
    left = {row.id for row in uow.session.scalars(videos.staff_videos(videos.DRAFTS))}
    assert left == {ids["last"], ids["shown"]}
    assert [fact.name for fact in uow.facts].count("videos:video.expired") == 1


def test_times_are_read_as_people_write_them():
    assert [spoken(5), spoken(307), spoken(3907)] == ["0:05", "5:07", "1:05:07"]
    told = ("5:07", "1:05:07", "90:00", "0:05.25", "1:75:00", "5", "abc", "5:7")
    expected = [307_000, 3_907_000, 5_400_000, 5_250, None, None, None, None]
    assert [read_time(one) for one in told] == expected


def test_names_of_facts_with_their_keys_are_fixed():
    """Others react to them: a change here is a new name, not a new meaning."""
    names = ("written", "uploaded", "edited", "published", "deleted", "expired", "converted")
    expected = {f"videos:video.{name}": ["subject_id", "title"] for name in names}
    expected["videos:video.hidden"] = ["subject_id", "title", "because"]
    assert {fact.name: [field.name for field in fields(fact)] for fact in EVENTS} == expected


def test_a_form_sent_twice_writes_one_video(uow):
    once, details = (
        uuid4(),
        videos.VideoDetails(kind=PRESENTATION, title="А", recorded_on=date(2026, 1, 1)),
    )
    first = videos.write_video(uow, details, request_id=once)
    assert videos.write_video(uow, details, request_id=once).id == first.id
