"""More pictures of a place: shown with their words where the place shows, gone with it."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest

from obshto.modules.places.models import Place
from obshto.modules.places.services import gallery as acts
from obshto.modules.places.services.places import Entry, erase_deleted, write_place
from obshto.modules.places.services.queries import place_of
from obshto.platform.permissions import Role
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.samples import sample_picture

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture(autouse=True)
def switched_on(house, migrator):
    with migrator.begin() as connection:
        connection.exec_driver_sql("UPDATE shared.tenant SET modules = array['places']")


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def sight(uow_in):
    """The id of a draft."""
    told = {"kind": "landmark", "name": "Мостът", "settlement": {"bg": "гр. Горно"}}
    with uow_in(VILLAGE) as uow:
        place_id = write_place(uow, Entry(**told), request_id=uuid4()).id
        uow.commit()
    return place_id


def sent(alt="Мостът откъм реката", **changed):
    told = {"file": (sample_picture(), "most.png"), "alt": alt, "request_id": str(uuid4())}
    return told | changed


def pictures_on(page, place_id):
    """Addresses of the pictures, in their order; each stands in the page for several widths."""
    return list(dict.fromkeys(re.findall(rf"/places/{place_id}/gallery/[0-9a-f-]{{36}}", page)))


def test_pictures_show_with_their_words_where_the_place_shows(editor, client, at, sight):
    path, base = f"/console/places/{sight}", at(VILLAGE)
    once = str(uuid4())
    for alt, request_id in (("Отблизо", once), ("Отблизо", once), ("Отгоре", str(uuid4()))):
        answer = editor.post(f"{path}/gallery", sent(alt, request_id=request_id))
        assert answer.status_code == 303
    listed = editor.get(f"{path}/gallery").text
    first, second = pictures_on(listed, sight)
    assert client.get(first, base_url=base).status_code == 404
    assert editor.get(f"/console{first}").mimetype.startswith("image/")
    editor.press(path, to="publish")
    page = client.get(f"/places/{sight}", base_url=base).text
    assert pictures_on(page, sight) == [first, second]
    assert page.index('alt="Отблизо"') < page.index('alt="Отгоре"')
    assert client.get(second, base_url=base).mimetype.startswith("image/")
    assert client.get(second, base_url=at(NEIGHBOUR)).status_code == 404
    gone = editor.press(f"{path}/gallery", to=f"{first.rpartition('/')[2]}/remove")
    assert gone.status_code == 303
    assert pictures_on(client.get(f"/places/{sight}", base_url=base).text, sight) == [second]
    assert client.get(first, base_url=base).status_code == 404


def test_what_is_no_picture_or_has_no_words_is_said(editor, sight):
    path = f"/console/places/{sight}/gallery"
    answer = editor.post(path, sent(file=(BytesIO(b"no picture"), "a.png")))
    assert answer.status_code == 422 and "Мостът откъм реката" in answer.text
    answer = editor.post(path, sent(alt=""))
    assert answer.status_code == 422 and "Напишете какво се вижда" in answer.text


def test_there_is_an_end_to_pictures(editor, sight, monkeypatch):
    monkeypatch.setattr(acts, "MOST", 1)
    path = f"/console/places/{sight}/gallery"
    assert editor.post(path, sent()).status_code == 303
    answer = editor.post(path, sent())
    assert answer.status_code == 422 and "най-много 1 снимки" in answer.text.replace("\xa0", " ")


def test_a_gallery_is_for_who_writes_places_and_stays_at_home(sign_in, sight):
    path = f"/console/places/{sight}/gallery"
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).get(path).status_code == 403
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(path).status_code == 404
    assert sign_in(VILLAGE, Role.EDITOR).get(f"{path}/{uuid4()}").status_code == 404


def test_pictures_go_with_their_place(uow_in, sight):
    with uow_in(VILLAGE) as uow:
        place = place_of(uow, sight, to_change=True)
        told = {"name": "most.png", "request_id": uuid4()}
        acts.add_to_gallery(uow, place, sample_picture(), "Мостът", **told)
        place.deleted_at = uow.now - timedelta(days=31)
        uow.session.flush()
        erase_deleted(uow)
        assert uow.session.query(Place).count() == uow.session.query(StoredFile).count() == 0
