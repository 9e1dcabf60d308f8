"""News as editors and citizens meet them, over HTTP."""

import json
import re
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
TYPED = {"title": "Водата спира", "summary": "За два часа", "markdown": "В петък няма вода."}
ENGLISH = {"title": "No water", "summary": "For two hours", "markdown": "No water on Friday."}


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR, name="Росица Пенкова")


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE))


def write(editor, **changed):
    return editor.post("/console/news/new", {**TYPED, "request_id": uuid4(), **changed})


def id_of(answer):
    assert answer.status_code == 303, answer.text
    return re.search(r"/console/news/([0-9a-f-]{36})", answer.location)[1]


@pytest.fixture
def item_id(editor):
    return id_of(write(editor))


@pytest.fixture
def published_id(editor, item_id):
    assert press(editor, item_id, "publish").status_code == 303
    return item_id


def edit(editor, item_id, **changed):
    return editor.press(f"/console/news/{item_id}", **TYPED | changed)


def press(editor, item_id, button):
    return editor.press(f"/console/news/{item_id}", to=button)


def test_what_is_published_is_seen_on_the_next_request(editor, item_id, visit):
    assert visit(f"/news/{item_id}").status_code == 404
    assert TYPED["title"] not in visit("/news/").text
    press(editor, item_id, "publish")
    for path in (f"/news/{item_id}", "/news/", "/"):
        assert TYPED["title"] in visit(path).text.replace("\xa0", " ")
    press(editor, item_id, "hide")
    assert visit(f"/news/{item_id}").status_code == 404
    assert TYPED["title"] not in visit("/").text.replace("\xa0", " ")


def test_a_double_click_makes_one_item(editor):
    request_id = uuid4()
    first, second = write(editor, request_id=request_id), write(editor, request_id=request_id)
    assert id_of(first) == id_of(second)


def test_back_then_another_text_opens_the_first_item_with_what_was_typed_now(editor, owner):
    request_id = uuid4()
    item_id = id_of(write(editor, request_id=request_id))
    again = write(editor, request_id=request_id, title="Водата спира в събота")
    assert again.status_code == 422
    assert "Тази новина вече е запазена" in again.text.replace("\xa0", " ")
    [mine] = [form for form in editor.forms_in(again.text) if form[0] == f"/console/news/{item_id}"]
    assert mine[1]["title"] == "Водата спира в събота"
    assert id_of(editor.post(*mine)) == item_id
    assert owner("select title from t_gorno_selo.news_item") == [("Водата спира в събота",)]


def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(editor):
    answer = write(editor, title="   ", summary="")
    assert answer.status_code == 422
    assert "Въведете заглавие" in answer.text and "Въведете за какво е новината" in answer.text
    assert TYPED["markdown"] in answer.text
    assert "<title>Грешка" in answer.text


@pytest.mark.parametrize("broken", ["", "no-id", "1' or '1'='1"])
def test_a_form_without_its_request_id_is_asked_again(editor, broken):
    answer = write(editor, request_id=broken)
    assert answer.status_code == 422
    assert TYPED["title"] in answer.text


def test_a_form_that_was_refused_for_its_id_can_be_sent_again(editor):
    again = write(editor, request_id="broken").text
    fresh = re.search(r'name="request_id"[^>]*value="([^"]*)"', again)[1]
    assert write(editor, request_id=fresh).status_code == 303


def test_who_saves_over_a_colleague_is_told_so_and_keeps_the_text(editor, item_id, sign_in):
    colleague = sign_in(VILLAGE, Role.SECRETARY, name="Мая Тошева")
    form = editor.get(f"/console/news/{item_id}").text
    expected_version = re.search(r'name="expected_version"[^>]*value="([^"]*)"', form)[1]
    assert edit(colleague, item_id, title="Водата тръгна").status_code == 303
    answer = editor.post(
        f"/console/news/{item_id}",
        {**TYPED, "title": "Моето", "expected_version": expected_version},
    )
    assert answer.status_code in (409, 422)
    assert "Мая Тошева промени тази новина" in answer.text.replace("\xa0", " ")
    assert 'value="Моето"' in answer.text
    shown = answer.text.replace("\xa0", " ")
    assert "<mark>Водата тръгна</mark>" in shown and "<mark>Моето</mark>" in shown
    assert shown.count("<mark>") == 2, "what is the same on both sides is not shown"
    assert "Водата тръгна" in editor.get(f"/console/news/{item_id}").text


@pytest.mark.parametrize("expected_version", ["", "one", "-1", "1.0", "²", "9" * 40])
def test_a_broken_version_counts_as_not_seen(editor, item_id, expected_version):
    answer = editor.post(
        f"/console/news/{item_id}",
        {**TYPED, "title": "Моето", "expected_version": expected_version},
    )
    assert answer.status_code in (409, 422)


def test_a_correction_stands_below_the_text(editor, published_id, visit):
    edit(editor, published_id, title="Водата тръгна", correction="<i>Часът</i> беше друг")
    page = visit(f"/news/{published_id}").text
    assert "Поправка от" in page
    assert "&lt;i&gt;Часът&lt;/i&gt;" in page


def test_html_in_any_field_stays_text(editor, visit):
    poison = "<script>alert(1)</script>"
    item_id = id_of(write(editor, title=poison, summary=poison, markdown=poison))
    press(editor, item_id, "publish")
    for page in (visit(f"/news/{item_id}"), visit("/news/"), visit("/")):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_a_list_shows_the_translation_else_bulgarian_marked_as_such(editor, published_id, visit):
    assert re.search(r'<li lang="bg">.*?Водата', visit("/en/news/").text, re.S)
    page = visit(f"/en/news/{published_id}").text
    assert '<article lang="bg">' in page
    answer = editor.press(f"/console/news/{published_id}/in/en", **ENGLISH)
    assert answer.status_code == 303
    listed = visit("/en/news/").text.replace("\xa0", " ")
    assert "No water" in listed and "Водата" not in listed and '<li lang="bg">' not in listed
    assert "No water on Friday." in visit(f"/en/news/{published_id}").text.replace("\xa0", " ")
    assert "Водата" in visit("/ro/news/").text
    assert "Водата" in visit("/news/").text


def test_a_translation_into_a_language_that_is_not_offered_does_not_exist(editor, item_id):
    for language in ("bg", "de", "xx"):
        assert editor.get(f"/console/news/{item_id}/in/{language}").status_code == 404


def test_what_was_deleted_can_be_brought_back_from_its_list(editor, published_id, visit):
    assert editor.press(f"/console/news/{published_id}/delete").status_code == 303
    assert visit(f"/news/{published_id}").status_code == 404
    assert TYPED["title"] in editor.get("/console/news/?list=deleted").text.replace("\xa0", " ")
    deleted = "/console/news/?list=deleted"
    assert editor.press(deleted, to=f"{published_id}/restore").status_code == 303
    assert visit(f"/news/{published_id}").status_code == 200


def test_a_form_that_is_sent_twice_hears_the_same_and_is_done_once(editor, item_id, owner):
    page = f"/console/news/{item_id}"
    [publish] = [form for form in editor.forms(page) if form[0].endswith("publish")]
    first, second = editor.post(*publish), editor.post(*publish)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    acts = "select count(*) from t_gorno_selo.audit_entry where act = 'news:item.published'"
    assert owner(acts) == [(1,)]


def test_a_late_copy_of_a_button_is_refused_and_leads_to_what_is_there_now(editor, published_id):
    page = f"/console/news/{published_id}"
    [hide] = [form for form in editor.forms(page) if form[0].endswith("hide")]
    assert editor.post(*hide).status_code == press(editor, published_id, "publish").status_code
    came_from = {"Referer": f"{editor.base}{page}?said=news.published"}
    late = editor.post(*hide, headers=came_from)
    assert late.status_code == 409
    told = late.text.replace("\xa0", " ")
    assert "Росица Пенкова промени тази новина" in told and f'href="{page}"' in told
    assert "не е записано" in told
    elsewhere = editor.post(*hide, headers={"Referer": f"http://evil.example{page}"})
    assert "Вижте как е сега</a>" not in elsewhere.text.replace("\xa0", " ")
    assert editor.get(f"/news/{published_id}").status_code == 200


def test_a_text_at_the_edge_of_its_field_is_taken_and_one_beyond_is_not(editor):
    assert write(editor, title="я" * 120).status_code == 303
    answer = write(editor, title="я" * 121)
    assert answer.status_code == 422
    assert "Съкратете текста до 120 знака" in answer.text


def test_who_may_only_read_the_log_does_not_write_news(sign_in):
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    assert officer.get("/console/news/").status_code == 403
    assert officer.post("/console/news/new", {**TYPED, "request_id": uuid4()}).status_code == 403


def test_a_list_that_is_none_does_not_exist(editor):
    assert editor.get("/console/news/?list=secret").status_code == 404


def test_the_home_page_shows_as_many_as_the_municipality_has_set(editor, sign_in, visit):
    for number in range(3):
        item_id = id_of(write(editor, title=f"Вест номер {number}"))
        press(editor, item_id, "publish")
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/settings/news", on_home="2").status_code == 303
    page = visit("/").text.replace("\xa0", " ")
    assert [f"Вест номер {n}" in page for n in range(3)] == [False, True, True]


def test_machines_and_paper_know_what_the_article_is(published_id, visit):
    page = visit(f"/news/{published_id}").text
    told = json.loads(re.search(r'"application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert (told["@type"], told["headline"]) == ("NewsArticle", TYPED["title"])
    assert told["url"].endswith(f"/news/{published_id}")
    assert f'property="og:url" content="{told["url"]}"' in page
    assert f'property="og:title" content="{TYPED["title"]}"' in page
    assert f'property="og:description" content="{TYPED["summary"]}"' in page
    assert "<svg" in page.partition("ob-paper")[2]


def test_scheduling_without_a_moment_is_refused_and_shows_nothing(editor, item_id, visit):
    answer = editor.press(f"/console/news/{item_id}/when", published_at="")
    assert answer.status_code == 422 and "Въведете от кога да се вижда" in answer.text
    assert visit(f"/news/{item_id}").status_code == 404


def test_no_sentence_of_success_stands_above_errors(editor, item_id):
    """The form of a page that was come to with a sentence is sent to that page's own address."""
    page = f"/console/news/{item_id}"
    saved = editor.press(page, title="Друго заглавие").location
    assert "said=" in saved
    fields = next(fields for address, fields in editor.forms(page) if "markdown" in fields)
    answer = editor.post(saved, fields | {"title": ""})
    assert answer.status_code == 422 and "govuk-notification-banner--success" not in answer.text


def test_an_editor_sets_from_when_it_shows(editor, item_id, visit):
    answer = editor.press(
        f"/console/news/{item_id}/when", published_at="2030-01-02T08:30", until="2030-01-01T08:30"
    )
    assert answer.status_code == 422 and "Изберете край" in answer.text
    assert "2030-01-02T08:30" in answer.text
    answer = editor.press(f"/console/news/{item_id}/when", published_at="2030-01-02T08:30")
    assert answer.status_code == 303
    assert "Чака часа си" in editor.get(f"/console/news/{item_id}").text
    assert visit(f"/news/{item_id}").status_code == 404
