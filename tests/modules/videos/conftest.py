"""Villages with videos and meetings, a folder for files, a recording as most tests want it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.meetings.services.agenda import AgendaPoint, add_item
from obshto.modules.meetings.services.plans import MeetingPlan, write_meeting
from obshto.modules.meetings.services.publication import publish_meeting
from obshto.modules.videos.models import RECORDING
from obshto.modules.videos.services.videos import VideoDetails, write_video
from obshto.platform.storage.media import MEDIA_STORE
from obshto.platform.storage.media_folder import MediaFolder

VILLAGE = "gorno-selo"


@pytest.fixture(autouse=True)
def videos_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{meetings,videos}'"))
    yield
    engine.dispose()


@pytest.fixture
def store(app, tmp_path):
    """The folder of the installation."""
    before = app.extensions[MEDIA_STORE]
    app.extensions[MEDIA_STORE] = MediaFolder(tmp_path)
    yield app.extensions[MEDIA_STORE]
    app.extensions[MEDIA_STORE] = before


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def write():
    """write(uow, **changed): a draft of a recording."""

    def begin(uow, **changed):
        words = {"kind": RECORDING, "title": "Сесия", "recorded_on": date(2026, 10, 1)}
        video = write_video(uow, VideoDetails(**words | changed), request_id=uuid4())
        uow.session.flush()
        return video

    return begin


@pytest.fixture
def meet():
    """meet(uow): a meeting that began an hour ago, with two points; the ids of both."""

    def begin(uow):
        begins = uow.now - timedelta(hours=1)
        plan = MeetingPlan(title="Обсъждане", kind="discussion", starts_at=begins, ends_at=uow.now)
        meeting = write_meeting(uow, plan, request_id=uuid4())
        points = [
            add_item(uow, meeting, AgendaPoint(title=title), request_id=uuid4())
            for title in ("Наемът на мелницата", "Пътят")
        ]
        uow.session.flush()
        publish_meeting(uow, meeting, expected_version=meeting.version)
        uow.session.flush()
        return meeting, points

    return begin
