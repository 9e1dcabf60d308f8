"""Each decision leads to its minute of the recording: in the lists, on its page, in the minutes."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.meetings.models import Decision
from obshto.modules.meetings.services.minutes import EntryWords, publish_minutes, write_entry
from obshto.modules.videos.services import videos
from obshto.modules.videos.services.caption_file import Cue
from obshto.modules.videos.services.captions import add_cue
from obshto.modules.videos.services.chapters import ChapterWords, save_chapters

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MILL, ROAD = "Мелницата се отдава под наем", "Пътят се ремонтира"


def decided(uow, meeting, points):
    """A decision at each point, in published minutes."""
    for item, words in zip(points, (MILL, ROAD), strict=True):
        write_entry(uow, item, EntryWords(decision=words), request_id=uuid4())
    publish_minutes(uow, meeting, why="", request_id=uuid4())


def recorded(uow, write, meeting, spans):
    """A recording whose chapters are these points at these seconds; it is a text, without file."""
    video = write(uow, meeting_id=meeting.id)
    chapters = [
        ChapterWords(title=item.title, seconds=at, item_id=item.id) for item, at in spans.items()
    ]
    save_chapters(uow, video, chapters, expected_version=video.version)
    add_cue(uow, video, Cue(start_ms=0, end_ms=1000, text="Откривам заседанието"))
    uow.session.flush()
    return video


@pytest.fixture
def session(uow_in, write, meet):
    """Paths: of the meeting, of the decision on the mill, of the recording."""
    with uow_in(VILLAGE) as uow:
        meeting, points = meet(uow)
        decided(uow, meeting, points)
        video = recorded(uow, write, meeting, dict(zip(points, (7, 3700), strict=True)))
        videos.publish_video(uow, video, expected_version=video.version)
        uow.commit()
        mill = uow.session.scalars(select(Decision).where(Decision.text == MILL)).one()
        return meeting.path, mill.path, video.path


@pytest.fixture
def read(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE)).text.replace("\xa0", " ")


def test_from_its_own_page_a_decision_leads_to_its_minute_alone(session, read):
    _, decision, video = session
    page = read(decision)
    assert f'href="{video}/text#at-7"' in page and "Гледайте от 0:07" in page
    assert "#at-3700" not in page
    assert 'id="at-7"' in read(f"{video}/text")


@pytest.mark.parametrize("kind", ["list", "meeting", "minutes"])
def test_in_lists_each_decision_stands_before_its_own_minute(session, read, kind):
    meeting, _, video = session
    places = {"list": "/meetings/decisions", "meeting": meeting, "minutes": f"{meeting}/minutes"}
    blocks = re.split("<li>|<section", read(places[kind]))
    for words, at in ((MILL, "0:07"), (ROAD, "1:01:40")):
        [block] = [block for block in blocks if words in block]
        assert re.findall(r"Гледайте от ([\d:]+)", block) == [at], words


def test_a_draft_of_a_recording_leads_nobody(uow_in, write, meet, read):
    with uow_in(VILLAGE) as uow:
        meeting, points = meet(uow)
        decided(uow, meeting, points)
        recorded(uow, write, meeting, {points[0]: 7})
        uow.commit()
    assert MILL in read("/meetings/decisions")
    assert "Гледайте от" not in read("/meetings/decisions")


def test_a_list_of_many_meetings_asks_no_more_than_one_of_one(
    session, uow_in, write, meet, read, statements_of
):
    few = statements_of(lambda: read("/meetings/decisions"))
    with uow_in(VILLAGE) as uow:
        for _ in range(3):
            meeting, points = meet(uow)
            decided(uow, meeting, points)
            video = recorded(uow, write, meeting, {points[0]: 9})
            videos.publish_video(uow, video, expected_version=video.version)
        uow.commit()
    pages = []  # asked once: the next answer is a kept one
    many = statements_of(lambda: pages.append(read("/meetings/decisions")))
    assert "Гледайте от 0:09" in pages[0]
    assert len(many) == len(few) <= 12
