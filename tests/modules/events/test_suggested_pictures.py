"""An event is suggested with a picture: staff alone see it until the event is public."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.modules.events.models import Suggestion
from obshto.modules.events.services.suggestions import (
    Suggested,
    decline_suggestion,
    forget_old,
    suggest_event,
)
from obshto.platform.clock import now
from obshto.platform.permissions import Role
from obshto.platform.storage.models import StoredFile

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HOUR = timedelta(hours=1)


def poster():
    drawn = BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 70)).save(drawn, "JPEG")
    drawn.seek(0)
    return drawn


def typed(**changed):
    start = (now() + timedelta(days=3)).replace(tzinfo=None)
    fields = {"request_id": str(uuid4()), "title": "Турнир по шах", "text": "Елате"}
    fields |= {"settlement": "all", "starts_at": f"{start:%Y-%m-%dT%H:%M}"}
    fields["ends_at"] = f"{start + HOUR:%Y-%m-%dT%H:%M}"
    return fields | changed


def test_a_poster_stands_on_the_event_once_an_editor_took_and_published_it(client, at, sign_in):
    editor = sign_in(VILLAGE, Role.EDITOR)
    fields = typed()
    for _twice in range(2):
        told = fields | {"picture": (poster(), "poster.jpg")}
        assert client.post("/events/suggest", data=told, base_url=at(VILLAGE)).status_code == 303
    page = editor.get("/console/events/suggestions/").text
    [path] = set(re.findall(r"/console/events/suggestions/[0-9a-f-]{36}", page))
    assert f"{path}/picture" in editor.get(path).text
    assert editor.get(f"{path}/picture").mimetype.startswith("image/")
    assert client.get(f"{path}/picture", base_url=at(VILLAGE)).status_code in (302, 303)
    other = sign_in(NEIGHBOUR, Role.EDITOR)
    assert other.get(f"{path}/picture").status_code == 404
    draft = editor.press(path, to="/accept").location
    [file] = set(re.findall(r"/events/files/[0-9a-f-]{36}", editor.get(draft).text))
    assert client.get(file, base_url=at(VILLAGE)).status_code == 404
    assert editor.get(file).mimetype.startswith("image/")
    assert editor.get(f"{path}/picture").status_code == 404


def test_what_is_no_picture_is_said_and_nothing_typed_is_lost(client, at, owner):
    told = typed(picture=(BytesIO(b"no picture at all"), "poster.jpg"))
    answer = client.post("/events/suggest", data=told, base_url=at(VILLAGE))
    assert answer.status_code == 422 and "Турнир по шах" in answer.text
    assert "error-summary" in answer.text
    assert owner("select 1 from t_gorno_selo.events_suggestion") == []


@pytest.mark.parametrize("way", ["declined", "old"])
def test_a_picture_that_nobody_took_is_gone(uow_in, way):
    with uow_in(VILLAGE) as uow:
        told = Suggested(title="Сбор", text="Ела", starts_at=uow.now, ends_at=uow.now + HOUR)
        suggest_event(uow, told, request_id=uuid4(), picture=poster())
        uow.session.flush()
        row = uow.session.query(Suggestion).one()
        assert uow.session.query(StoredFile).count() == 1
        if way == "declined":
            decline_suggestion(uow, row, reason="Не е тук", expected_version=row.version)
        else:
            row.sent_at = uow.now - timedelta(days=366)
            uow.session.flush()
            forget_old(uow)
        assert uow.session.query(StoredFile).count() == 0
