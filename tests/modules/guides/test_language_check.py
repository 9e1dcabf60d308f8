"""The check of language below an editor: the form comes back as it was typed, nothing is saved."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.platform.content.readability import Grade, read_text
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
BAD = "Следва да платите. Удостоверението се издава от ЦАО. " * 3
NOTICES = json.loads(
    (Path(__file__).parents[2] / "platform/content/data/notices.json").read_text("utf-8")
)


@pytest.fixture
def editor(house, config, sign_in):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{news,crisis}'"))
    engine.dispose()
    return sign_in(VILLAGE, Role.EDITOR, Role.SECRETARY)


def check(editor, path, field="markdown", **typed):
    fields = {"request_id": uuid4(), "check_language": field, **typed}
    answer = editor.post(f"/console/{path}", fields)
    return answer.status_code, answer.text.replace("\xa0", " ")


def test_an_editor_shows_hints_and_keeps_what_was_typed(editor):
    status, page = check(editor, "news/new", title="Половин загл", markdown=BAD)
    assert status == 200 and 'value="Половин загл"' in page
    for told in ("„Следва да“", "трябва да", "„се издава“", "„ЦАО“", "Напишете накратко"):
        assert told in page
    assert "Яснота:" in page and "error-summary" not in page
    assert "Половин загл" not in editor.get("/console/news/?list=drafts").text


def test_a_rehearsal_stays_one_when_its_language_is_checked(editor):
    page = editor.get("/console/crisis/new/flood?rehearsal=1").text
    assert 'formaction="?rehearsal=1#check-text"' in page


def test_a_notice_rewritten_gains_points(editor):
    notice = NOTICES[0]
    for words in (notice["bad"], notice["good"]):
        score = read_text(words).score
        assert f"Яснота: {score} от 100" in check(editor, "news/new", markdown=words)[1]
    assert read_text(notice["bad"]).grade is Grade.HARD
    assert read_text(notice["good"]).grade is Grade.PLAIN


def test_a_saved_text_is_changed_only_by_saving(editor):
    typed = {"title": "Вода", "summary": "Кога", "markdown": "Утре."}
    path = editor.post("/console/news/new", typed | {"request_id": uuid4()}).location
    path = path.partition("?")[0]
    [fields] = [found for address, found in editor.forms(path) if address.endswith(path)]
    answer = editor.post(path, fields | {"markdown": BAD, "check_language": "markdown"})
    assert answer.status_code == 200 and "Следва да платите" in answer.text
    assert "Утре." in editor.get(path).text


def test_enter_in_a_line_saves(editor):
    page = editor.get("/console/news/new").text
    main = page.partition("data-draft=")[2]
    first = main.partition('type="submit"')[0].rpartition("<")[2] + 'type="submit"'
    button = main[main.index(first) :].partition(">")[0]
    assert "check_language" not in button and "hidden" in button


def test_a_translation_is_not_checked(editor):
    typed = {"title": "Вода", "summary": "Кога", "markdown": "Утре."}
    path = editor.post("/console/news/new", typed | {"request_id": uuid4()}).location
    path = path.partition("?")[0]
    assert "check_language" in editor.get(path).text
    assert "check_language" not in editor.get(f"{path}/in/en").text
