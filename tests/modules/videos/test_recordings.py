"""A meeting is recorded by the browser of who leads: part by part, once, whatever is lost."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from support.video_files import webm

from obshto.modules.videos.models import VideoUpload
from obshto.modules.videos.services.live_recordings import SILENT, end_lost_recordings
from obshto.modules.videos.services.uploads import forget_stale_uploads
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
BEGIN = "/console/videos/recordings"


@pytest.fixture
def secretary(sign_in, videos_on, store):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def meeting_id(uow_in, meet):
    with uow_in(VILLAGE) as uow:
        found = meet(uow)[0].id
        uow.commit()
    return found


@pytest.fixture
def begin(secretary, meeting_id):
    """begin(): what a recording of the meeting was begun with."""

    def asked(**changed):
        about = {"meeting": str(meeting_id), "request_id": str(uuid4())}
        answer = secretary.post(BEGIN, about | changed)
        assert answer.status_code == 200, answer.text
        return answer.json

    return asked


def send(client, begun, offset, content):
    sent = {"upload": begun["upload"], "offset": offset, "part": (BytesIO(content), "blob")}
    return client.post(begun["part"], sent)


def test_parts_become_a_draft_of_the_meeting(secretary, begin):
    begun, film = begin(), webm() + bytes(900)
    assert send(secretary, begun, 0, film[:300]).json == {"received": 300, "whole": False}
    assert "Записва се на живо, дошло е" in secretary.get(begun["desk"]).text
    for _ in range(2):  # the answer was lost, the browser sends the part again
        assert send(secretary, begun, 300, film[300:]).json["received"] == len(film)
    assert secretary.post(begun["end"]).status_code == 303
    desk = secretary.get(begun["desk"]).text
    assert "Запис: Обсъждане" in desk and "Чернова" in desk
    file = secretary.get(f"{begun['desk']}/file")
    assert file.data == film
    file.close()


def test_begun_twice_with_one_request_it_is_one(secretary, begin):
    request_id = str(uuid4())
    assert begin(request_id=request_id) == begin(request_id=request_id)
    other = begin()
    assert other["desk"] != begin(request_id=request_id)["desk"]


def test_a_lost_tab_leaves_what_came(secretary, begin, uow_in):
    begun = begin()
    send(secretary, begun, 0, webm())
    with uow_in(VILLAGE) as uow:
        forget_stale_uploads(uow)
        end_lost_recordings(uow)  # it grew a moment ago
        uow.commit()
    assert "Записва се на живо" in secretary.get(begun["desk"]).text
    with uow_in(VILLAGE) as uow:
        uow.session.execute(update(VideoUpload).values(last_at=uow.now - SILENT * 2))
        end_lost_recordings(uow)
        uow.commit()
    desk = secretary.get(begun["desk"]).text
    assert "Записва се на живо" not in desk and "<video" in desk
    assert send(secretary, begun, len(webm()), b"more").status_code == 409


@pytest.mark.parametrize("content", [b"", b"no video at all"])
def test_nothing_that_can_be_played_is_given_up(secretary, begin, content):
    begun = begin()
    if content:
        send(secretary, begun, 0, content)
    answer = secretary.post(begun["end"])
    assert answer.location.endswith("said=videos.recorded-nothing")
    assert "Още няма" in secretary.get(begun["desk"]).text
    assert secretary.post(begun["end"]).status_code == 303  # pressed twice


def test_no_other_file_takes_the_place_of_a_running_recording(secretary, begin):
    begun = begin()
    send(secretary, begun, 0, webm())
    chosen = {"Tus-Resumable": "1.0.0", "Upload-Length": 9}
    refused = secretary.post(f"{begun['desk']}/tus", headers=chosen)
    assert refused.status_code == 409 and "още върви" in refused.text
    secretary.post(begun["end"])
    assert secretary.post(f"{begun['desk']}/tus", headers=chosen).status_code == 201


def test_whoever_may_not_cannot(sign_in, meeting_id, begin, client, at):
    about = {"meeting": str(meeting_id), "request_id": str(uuid4())}
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).post(BEGIN, about).status_code == 403
    neighbour = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert neighbour.post(BEGIN, about).status_code == 404
    begun = begin()
    assert send(neighbour, begun, 0, webm()).status_code == 404
    assert neighbour.post(begun["end"]).status_code == 404


@pytest.mark.parametrize("missing", ["meeting", "request_id"])
def test_half_a_question_is_refused(secretary, meeting_id, missing):
    about = {"meeting": str(meeting_id), "request_id": str(uuid4())} | {missing: "7"}
    assert secretary.post(BEGIN, about).status_code == 422


def test_no_recording_outlives_its_term_by_being_sent_late(begin, uow_in):
    upload_id = UUID(begin()["upload"])
    with uow_in(VILLAGE) as uow:
        upload = uow.session.get(VideoUpload, upload_id)
        upload.last_at = uow.now - timedelta(days=9)
        uow.session.flush()
        end_lost_recordings(uow)
        assert uow.session.get(VideoUpload, upload_id) is None
