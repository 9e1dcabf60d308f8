"""The first form of an event: its picture and its point come with its words."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.platform.clock import now

SEAT, FAR = "10971", "40525"  # towns whose points are known: Vidin, Kula


def typed(**changed):
    start = (now() + timedelta(days=3)).replace(tzinfo=None)
    told = {"title": "Сбор", "subject": "culture", "settlement": "00001"}
    told |= {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "request_id": str(uuid4())}
    told |= {"ends_at": f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}"}
    return told | changed


def picture():
    drawn = BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 70)).save(drawn, "JPEG")
    drawn.seek(0)
    return drawn


def test_a_poster_comes_with_the_first_words_and_once(editor, visit):
    fields = typed(picture_alt="Плакат: сбор на 5 май")
    for _twice in range(2):
        answer = editor.post("/console/events/new", fields | {"picture": (picture(), "p.jpg")})
        assert answer.status_code == 303
    draft = answer.location.partition("?")[0]
    [file] = set(re.findall(r"/events/files/[0-9a-f-]{36}", editor.get(draft).text))
    assert visit(file).status_code == 404
    editor.press(draft, to="/publish")
    page = visit(draft.removeprefix("/console")).text.replace("\xa0", " ")
    assert file in page and 'alt="Плакат: сбор на 5 май"' in page
    assert visit(file).mimetype.startswith("image/")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"picture_alt": ""}, "Напишете какво се вижда на снимката"),
        ({"picture": (BytesIO(b"no picture"), "p.jpg")}, "error-summary"),
    ],
)
def test_a_picture_that_cannot_be_is_said_and_nothing_is_kept(editor, owner, changed, sentence):
    told = typed(picture_alt="Плакат", organizer="Читалището") | {"picture": (picture(), "p.jpg")}
    answer = editor.post("/console/events/new", told | changed)
    assert answer.status_code == 422
    assert sentence in answer.text and "Читалището" in answer.text
    assert owner("select 1 from t_gorno_selo.events_event") == []


def test_the_point_is_told_on_a_map(editor, migrator):
    assert "data-pick" not in editor.get("/console/events/new").text, "no village has a point"
    with migrator.begin() as connection:
        for old, new in (("00001", SEAT), ("00002", FAR)):
            change = "UPDATE shared.settlement SET ekatte = %s WHERE ekatte = %s"
            connection.exec_driver_sql(change, (new, old))
    answer = editor.post("/console/events/new", typed(settlement=SEAT, point="43.99, 22.88"))
    for path in ("/console/events/new", answer.location.partition("?")[0]):
        page = editor.get(path).text
        assert 'data-pick="point" data-at="" data-chooser="settlement"' in page
        assert re.search(r"/static/[^\"]*place\.[0-9a-f]+\.js", page)
