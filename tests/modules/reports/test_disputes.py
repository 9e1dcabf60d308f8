"""Disputes: the sender's, anybody's with a photograph, each person once; it is open again."""

import re
from uuid import uuid4

import pytest
from tests.modules.reports.conftest import (
    NEIGHBOUR,
    VILLAGE,
    close,
    id_of,
    path_of,
    picture,
    take,
)


def test_the_outcome_is_disputed_once(visitor, clerk):
    own = path_of(visitor.tell())
    report_id = id_of(clerk)
    take(clerk, report_id)
    close(clerk, report_id, outcome="refused")
    page = visitor.get(f"{own}/dispute").text
    assert "Какво не е оправено?" in page
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
    typed = {"words": "Още не свети", "expected_version": version, "photos": picture()}
    assert visitor.post(f"{own}/dispute", typed).status_code == 303
    page = visitor.get(own).text
    assert "Отворен отново" in page and page.count("<figure>") == 1
    assert visitor.get(f"/reports/{report_id}").text.count("<figure>") == 0
    take(clerk, report_id)
    close(clerk, report_id, outcome="refused")
    assert f"{own}/dispute" not in visitor.get(own).text


def test_anybody_shows_with_a_photo_that_it_is_not_mended(visitor, clerk, sign_in):
    """It is open again; what the photo shows nobody sees before staff have. Once for an account."""
    own = path_of(visitor.tell())
    report_id = id_of(clerk)
    public = f"/reports/{report_id}"
    take(clerk, report_id)
    assert visitor.get(f"{public}/not-fixed").status_code == 404
    assert close(clerk, report_id, outcome="fixed", photos=picture()).status_code == 303
    assert f"{public}/not-fixed" in visitor.get(public).text
    person = sign_in(VILLAGE)
    form, words = f"{public}/not-fixed", "Лампата пак не свети"
    typed = {"words": words, "request_id": uuid4()}
    refused = person.post(form, typed)
    assert refused.status_code == 422 and "Добавете поне една снимка" in refused.text
    assert words in refused.text
    for _ in range(2):  # a double click is one act
        assert person.post(form, typed | {"photos": picture()}).status_code == 303
    page = visitor.get(public).text
    assert "Отворен отново" in page and page.count("<figure>") == 1
    assert "пак не свети" not in page and "Отворен отново" in visitor.get(own).text
    desk = clerk.get(f"/console/reports/{report_id}").text
    assert words in desk and desk.count("<figure>") == 2
    take(clerk, report_id)
    close(clerk, report_id, outcome="fixed", photos=picture())
    typed["request_id"] = uuid4()
    again = person.post(form, typed | {"photos": picture()})
    assert again.status_code == 422 and "Вече показахте веднъж" in again.text


@pytest.mark.parametrize("typed", [{"outcome": "half", "photos": True}, {"outcome": "refused"}])
def test_whoever_passes_by_disputes_what_is_half_done_or_refused(visitor, clerk, typed):
    visitor.tell()
    report_id = id_of(clerk)
    take(clerk, report_id)
    shown = {"photos": picture()} if "photos" in typed else {}
    assert close(clerk, report_id, **typed | shown).status_code == 303
    public = f"/reports/{report_id}"
    assert f"{public}/not-fixed" in visitor.get(public).text
    said = {"words": "Още е тъмно", "request_id": uuid4(), "photos": picture()}
    assert visitor.post(f"{public}/not-fixed", said).status_code == 303
    assert "Отворен отново" in visitor.get(public).text


def test_in_another_village_nobody_shows_anything_of_it(visitor, clerk):
    visitor.tell()
    report_id = id_of(clerk)
    take(clerk, report_id)
    close(clerk, report_id, outcome="fixed", photos=picture())
    form = f"/reports/{report_id}/not-fixed"
    assert visitor.get(form).status_code == 200
    assert visitor.get(form, village=NEIGHBOUR).status_code == 404
    assert visitor.post(form, {}, village=NEIGHBOUR).status_code == 404


def test_whoever_has_no_account_shows_it_as_well_once_from_a_device(visitor, clerk, client):
    visitor.tell()
    report_id = id_of(clerk)
    take(clerk, report_id)
    close(clerk, report_id, outcome="fixed", photos=picture())
    form = f"/reports/{report_id}/not-fixed"
    for words in ("Пак е тъмно", "И пред училището"):  # the second had opened the page before
        typed = {"words": words, "request_id": uuid4(), "photos": picture()}
        assert visitor.post(form, typed).status_code == 303
        again = {**typed, "request_id": uuid4(), "photos": picture()}
        refused = visitor.post(form, again)
        assert refused.status_code == 422 and "Вече показахте веднъж" in refused.text
        client.delete_cookie("reports", domain=f"{VILLAGE}.localhost")  # another device
    assert "Отворен отново" in visitor.get(f"/reports/{report_id}").text
    desk = clerk.get(f"/console/reports/{report_id}").text
    assert "Пак е тъмно" in desk and "И пред училището" in desk
    assert desk.count("<figure>") == 3
