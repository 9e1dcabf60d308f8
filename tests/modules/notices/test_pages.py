"""Notices as editors and citizens meet them, over HTTP, and as letters tell of them."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from lxml import etree
from sqlalchemy import select

from obshto.modules.notices.services.edits import (
    Note,
    draft_of,
    edit_notice,
    withdraw_notice,
)
from obshto.platform.clock import SOFIA, now
from obshto.platform.notify.models import Text
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.subscribers import Wishes, confirm, subscribe
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HOUR = timedelta(hours=1)
RSS = Path(__file__).parents[2] / "data" / "feeds" / "rss.rng"


def at_clock(moment):
    return moment.astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M")


TYPED = {
    "kind": "water",
    "title": "Без вода",
    "settlements": "00002",
    "text": "Налейте си вода.",
    "starts_at": at_clock(now()),
    "ends_at": at_clock(now() + 5 * HOUR),
}


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def visit(client, at):
    return lambda path, place=VILLAGE: client.get(path, base_url=at(place))


def plain(answer):
    return answer.text.replace("\xa0", " ")


def write(editor, **changed):
    fields = {**TYPED, "request_id": str(uuid4()), **changed}
    return editor.post("/console/notices/new", fields)


def id_of(answer):
    assert answer.status_code == 303, answer.text
    return re.search(r"/console/notices/([0-9a-f-]{36})", answer.location)[1]


@pytest.fixture
def notice_id(editor):
    """Published."""
    notice_id = id_of(write(editor))
    page = f"/console/notices/{notice_id}"
    assert editor.press(page, to="/publish").status_code == 303
    return notice_id


def test_a_notice_is_on_its_page_on_the_list_at_home_and_in_the_feed(visit, notice_id):
    for path in (f"/notices/{notice_id}", "/notices/", "/", "/notices/feed.xml"):
        page = plain(visit(path))
        assert "Без вода" in page and "село Поле" in page, path
    assert "No water" not in visit("/en/notices/").text
    assert "Pole" in visit("/en/notices/").text


def test_a_draft_is_nowhere(visit, editor):
    notice_id = id_of(write(editor, title="Чернова за водата"))
    assert visit(f"/notices/{notice_id}").status_code == 404
    for path in ("/notices/", "/", "/notices/feed.xml"):
        assert "Чернова за водата" not in visit(path).text


def test_a_list_is_narrowed_by_kind_and_place(visit, notice_id):
    shown = {
        query: "Без вода" in plain(visit(f"/notices/?{query}"))
        for query in ("kind=water", "kind=road", "place=00002", "place=00001", "kind=я")
    }
    there = {"kind=water", "place=00002", "kind=я"}
    assert {query for query, is_there in shown.items() if is_there} == there


def test_a_notice_of_one_municipality_does_not_exist_in_another(visit, notice_id):
    assert visit(f"/notices/{notice_id}", NEIGHBOUR).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "moon"},
        {"title": ""},
        {"title": "а" * 121},
        {"settlements": "99999"},
        {"settlements": ""},
        {"starts_at": "утре"},
        {"ends_at": ""},
        {"ends_at": "0001-01-01T00:00"},
        {"ends_at": at_clock(now() - HOUR)},
        {"starts_at": "2090-01-01T09:00"},
        {"text": "а" * 4001},
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(editor, wrong):
    answer = write(editor, **wrong)
    assert answer.status_code == 422
    if "text" not in wrong:
        assert "Налейте си вода." in answer.text


def test_back_and_changed_opens_what_was_saved_first(editor):
    request_id = str(uuid4())
    notice_id = id_of(write(editor, request_id=request_id))
    again = write(editor, request_id=request_id, title="Без ток")
    assert again.status_code == 422
    assert f"/console/notices/{notice_id}/text" in again.text and 'value="Без ток"' in again.text


def test_a_published_notice_is_corrected_and_called_off(editor, visit, notice_id):
    page = f"/console/notices/{notice_id}"
    fields = {"settlements": "all", "kind": "water", "correction": "Спира в цялата община"}
    assert editor.press(f"{page}/text", **fields).status_code == 303
    assert "Спира в цялата община" in plain(visit(f"/notices/{notice_id}"))
    assert editor.press(f"{page}/withdraw", reason="").status_code == 422
    assert editor.press(f"{page}/withdraw", reason="Поправиха го").status_code == 303
    read = plain(visit(f"/notices/{notice_id}"))
    assert "Отменено" in read and "Поправиха го" in read
    assert "Без вода" not in plain(visit("/notices/"))


def test_a_draft_is_thrown_away(editor):
    notice_id = id_of(write(editor))
    page = f"/console/notices/{notice_id}"
    assert editor.press(f"{page}/delete").status_code == 303
    assert editor.get(page).status_code == 404


def test_who_may_not_write_sees_none_of_it(sign_in):
    assert sign_in(VILLAGE, Role.MAYOR).get("/console/notices/").status_code == 403


def test_a_feed_is_read_as_one(visit, notice_id):
    answer = visit("/en/notices/feed.xml")
    assert answer.mimetype == "application/rss+xml"
    assert f"/en/notices/{notice_id}</link>" in answer.text
    etree.RelaxNG(file=RSS).assertValid(etree.fromstring(answer.data))


# Letters


@pytest.fixture
def texts(uow):
    """texts(notice, "published"): the Bulgarian and the English letter of the last fact."""

    def of(notice, fact):
        payload = {"subject_id": str(notice.id), "title": notice.title}
        cause = uuid4()
        write_letters(uow, fact=f"notices:notice.{fact}", payload=payload, cause=str(cause))
        found = uow.session.scalars(select(Text).where(Text.cause == cause))
        told = {text.language: (text.subject, text.text) for text in found}
        return told["bg"], told["en"]

    return of


def test_a_letter_says_what_where_and_until_when(uow, published, texts):
    words = {"en": {"title": "No water", "text": "Fill bottles.", "address": "High street"}}
    notice = published(uow, settlements=("00002",), address="ул. Първа", words=words)
    (subject, text), (english, in_english) = texts(notice, "published")
    assert (subject, english) == ("Вода: Без вода", "Water: No water")
    assert "село Поле, ул. Първа" in text and "Налейте си вода." in text
    assert "Pole, High street" in in_english and "Fill bottles." in in_english
    assert f"http://{VILLAGE}.localhost:8000/en/notices/{notice.id}" in in_english
    assert "\xa0" not in text


def test_a_correction_and_a_withdrawal_say_what_changed(uow, published, texts):
    notice = published(uow)
    note = Note(text="Свършва по-късно", words={"en": {"correction": "It ends later"}})
    edit_notice(uow, notice, draft_of(notice), expected_version=notice.version, correction=note)
    (subject, text), (_, english) = texts(notice, "corrected")
    assert subject == "Поправка: Без вода" and text.startswith("Свършва по-късно\n\n")
    assert "Налейте си вода." in text and english.startswith("It ends later\n\n")
    reason = Note(text="Поправиха го")
    withdraw_notice(uow, notice, reason=reason, expected_version=notice.version)
    (subject, text), _ = texts(notice, "withdrawn")
    assert subject == "Отменено: Без вода" and text.startswith("Поправиха го\n\n")
    assert "Налейте" not in text


def test_an_editor_sees_how_many_were_told(uow_in, published, editor):
    with uow_in(VILLAGE) as uow:
        asked = Wishes(topics=("notices:water",), places=())
        confirm(uow, subscribe(uow, "a@example.org", asked))
        notice = published(uow)
        payload = {"subject_id": str(notice.id), "title": notice.title}
        told = {"fact": "notices:notice.published", "payload": payload, "cause": str(uuid4())}
        write_letters(uow, **told)
        uow.commit()
    page = plain(editor.get(f"/console/notices/{payload['subject_id']}"))
    row = re.search(r"Публикувано съобщение</th>(.*?)</tr>", page, re.DOTALL)[1]
    assert re.findall(r">(\d+)", row) == ["0", "1", "0", "0"]
    assert "a@example.org" not in page
