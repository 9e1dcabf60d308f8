"""An old site moves in: shown first, made once, its addresses lead to the new ones."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role
from obshto.platform.site_import import import_jobs
from obshto.platform.site_import.models import Export
from obshto.platform.site_import.services import forget_old

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MOVING = "/console/moving/"
TEXT = "<p>Текст.</p>"


@pytest.fixture
def get(client, at):
    return lambda path, slug=VILLAGE: client.get(path, base_url=at(slug))


@pytest.fixture
def bring(editor, site):
    """Attach an export; answers the address of its page."""

    def bring(content=site, name="site.xml"):
        answer = editor.press(MOVING, MOVING, file=(BytesIO(content), name))
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"].partition("?")[0]

    return bring


def read(answer):
    assert answer.status_code == 200
    return answer.text.replace("\xa0", " ")


def make(editor, page, state="published", shelf="culture"):
    return editor.press(page, page, state=state, shelf=shelf)


@pytest.fixture
def moved(bring, editor, run_jobs):
    """The whole way; answers the page of the export."""
    page = bring()
    run_jobs()
    assert make(editor, page).status_code == 303
    run_jobs()
    return page


# -- what is shown first -----------------------------------------------------------------------


def test_nothing_is_made_before_somebody_has_seen_what_it_would_be(
    bring, editor, run_jobs, get, owner
):
    page = bring()
    assert "Четем файла" in read(editor.get(page))
    run_jobs()
    preview = read(editor.get(page))
    assert "Водата спира" in preview and "История" in preview
    assert "1 снимка остава в стария сайт" in preview
    left = read(editor.get(f"{page}?list=left"))
    assert "Снимка" in left and "Не е новина или страница" in left
    assert owner("SELECT count(*) FROM t_gorno_selo.news_item") == [(0,)]
    assert owner("SELECT count(*) FROM t_gorno_selo.pages_page") == [(0,)]


def test_the_file_itself_is_gone_when_it_has_been_read(bring, editor, run_jobs, owner):
    bring()
    run_jobs()
    assert owner("SELECT count(*) FROM t_gorno_selo.storage_file") == [(0,)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "експорт"),
        (b"", "WordPress"),
        ("обикновен текст".encode(), "WordPress"),
    ],
)
def test_what_is_no_export_is_refused_at_once(editor, content, said, owner):
    answer = editor.press(MOVING, MOVING, file=(BytesIO(content), "a.xml"))
    assert answer.status_code == 422
    assert said in answer.text.replace("\xa0", " ")
    assert owner("SELECT count(*) FROM t_gorno_selo.moving_export") == [(0,)]


def test_a_hostile_file_is_refused_by_the_job_with_words(bring, wordpress, editor, run_jobs, owner):
    head = '<!DOCTYPE rss [<!ENTITY a "b">]>'
    page = bring(wordpress((1, "post", "Заглавие", TEXT), head=head))
    run_jobs()
    assert "не е безопасно" in read(editor.get(page))
    assert owner("SELECT count(*) FROM t_gorno_selo.moving_item") == [(0,)]


# -- what is made ------------------------------------------------------------------------------


def test_posts_become_news_of_their_day_and_pages_stand_on_the_chosen_shelf(moved, get):
    news = read(get("/news/"))
    assert "Водата спира" in news and "1 май 2020" in news
    assert "История" in read(get("/pages/section/culture"))


def test_nobody_is_written_a_letter_about_what_is_years_old(moved, owner):
    acts = {act for (act,) in owner("SELECT act FROM t_gorno_selo.audit_entry")}
    assert "news:item.moved-in" in acts and "news:item.published" not in acts


def test_what_moved_in_is_found_by_the_search(moved, get):
    assert "Водата" in read(get("/search?q=вода"))


def test_as_drafts_nothing_is_seen_before_an_editor_has_looked(bring, editor, run_jobs, get):
    page = bring()
    run_jobs()
    make(editor, page, state="drafts")
    run_jobs()
    assert "Водата спира" not in read(get("/news/"))
    assert "Водата спира" in read(editor.get("/console/news/?list=drafts"))


def test_many_texts_are_made_some_at_a_time_and_the_page_tells_how_far_it_is(
    bring, wordpress, editor, run_jobs, uow_in, owner, monkeypatch
):
    monkeypatch.setattr(import_jobs, "AT_ONCE", 2)
    page = bring(wordpress(*((n, "post", f"Новина {n}", TEXT) for n in range(5))))
    run_jobs()
    make(editor, page)
    with uow_in(VILLAGE) as uow:
        import_jobs.make(uow, export=page.rpartition("/")[2])
        uow.commit()
    assert re.search(r"<b>2</b>\s*пренесени", read(editor.get(page)))
    run_jobs()
    assert owner("SELECT count(*) FROM t_gorno_selo.news_item") == [(5,)]


# -- once --------------------------------------------------------------------------------------


def test_the_same_site_brought_again_makes_nothing_anew(bring, moved, editor, run_jobs, owner):
    before = owner("SELECT id FROM t_gorno_selo.news_item ORDER BY id")
    page = bring()
    run_jobs()
    assert "Вече е пренесено" in read(editor.get(f"{page}?list=left"))
    assert "Пренесете ги" not in read(editor.get(page))
    assert owner("SELECT id FROM t_gorno_selo.news_item ORDER BY id") == before


def test_two_exports_at_once_make_each_text_once(bring, editor, run_jobs, owner):
    pages = [bring(), bring()]
    run_jobs()
    for page in pages:
        make(editor, page)
    run_jobs()
    assert owner("SELECT count(*) FROM t_gorno_selo.news_item") == [(2,)]


def test_a_job_that_is_run_twice_makes_nothing_twice(moved, uow_in, owner):
    with uow_in(VILLAGE) as uow:
        import_jobs.read(uow, export=moved.rpartition("/")[2])
        import_jobs.make(uow, export=moved.rpartition("/")[2])
        uow.commit()
    assert owner("SELECT count(*) FROM t_gorno_selo.news_item") == [(2,)]


def test_each_form_sent_twice_is_done_once(site, editor, run_jobs, queued, owner):
    [form] = [form for form in editor.forms(MOVING) if form[0] == MOVING]
    for _ in range(2):
        fields = form[1] | {"file": (BytesIO(site), "site.xml")}
        assert editor.post(form[0], fields).status_code == 303
    assert owner("SELECT count(*) FROM t_gorno_selo.moving_export") == [(1,)]


def test_a_late_copy_of_the_form_begins_nothing_that_was_dropped(bring, editor, run_jobs):
    page = bring()
    run_jobs()
    [form] = [form for form in editor.forms(page) if form[0] == page]
    assert editor.press(page, "/drop").status_code == 303
    assert editor.post(form[0], form[1] | {"state": "drafts", "shelf": "about"}).status_code == 404


def test_what_is_being_moved_cannot_be_dropped_by_a_late_button(bring, editor, run_jobs):
    page = bring()
    run_jobs()
    [(address, late)] = [form for form in editor.forms(page) if form[0].endswith("/drop")]
    make(editor, page)
    assert editor.post(address, late).status_code == 409


def test_dropping_the_file_leaves_what_was_made(moved, editor, get):
    assert editor.press(moved, "/drop").status_code == 303
    assert "Водата спира" in read(get("/news/"))


# -- old addresses -----------------------------------------------------------------------------


def test_an_old_address_leads_to_the_new_one_for_good(moved, get):
    answer = get("/a-1/")
    assert answer.status_code == 301
    assert "Водата спира" in read(get(answer.headers["Location"]))
    assert get("/A-2").status_code == 301


def test_a_link_between_texts_of_the_old_site_still_leads_there(moved, get):
    item = re.search(r'href="(/news/[0-9a-f-]{36})"[^>]*>Водата', get("/news/").text)[1]
    assert 'href="/a-2/"' in get(item).text


def test_an_address_that_was_nothing_is_still_not_there(moved, get, client, at):
    assert get("/a-99/").status_code == 404
    assert get("/" + "а" * 3000).status_code == 404
    assert client.post("/a-1/", base_url=at(VILLAGE)).status_code in (403, 404, 405)


def test_an_old_address_of_this_village_is_nothing_at_the_neighbours(moved, get, client, at):
    assert get("/a-1/", NEIGHBOUR).status_code == 404
    assert client.get("/a-1/", base_url=at()).status_code == 404


# -- whose it is -------------------------------------------------------------------------------


def test_an_export_of_one_village_does_not_exist_in_the_other(moved, sign_in):
    other = sign_in(NEIGHBOUR, Role.EDITOR)
    assert other.get(moved).status_code == 404
    assert other.post(moved, {"expected_version": "1", "state": "drafts"}).status_code == 404
    assert other.post(f"{moved}/drop", {"expected_version": "1"}).status_code == 404


def test_who_has_no_part_in_it_is_kept_out(sign_in, editor):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert clerk.get(MOVING).status_code == 403
    assert clerk.get(f"{MOVING}{uuid4()}").status_code == 403


def test_texts_for_a_module_that_is_off_stay_behind_and_it_is_said_before(
    bring, editor, switch, run_jobs, get
):
    switch("news")
    page = bring()
    run_jobs()
    assert "Модулът „Страници“ е изключен" in read(editor.get(page))
    editor.press(page, page, state="published")
    run_jobs()
    assert "Модулът за това е изключен" in read(editor.get(f"{page}?list=left"))
    assert "Водата спира" in read(get("/news/"))


def test_a_choice_that_was_not_offered_is_refused(bring, editor, run_jobs):
    page = bring()
    run_jobs()
    assert make(editor, page, shelf="nowhere").status_code == 422
    assert make(editor, page, state="burned").status_code == 422


def test_after_a_month_the_texts_of_the_export_are_forgotten(moved, uow_in, owner):
    with uow_in(VILLAGE) as uow:
        for export in uow.session.query(Export):
            export.sent_at = uow.now - timedelta(days=31)
        uow.session.flush()
        forget_old(uow)
        uow.commit()
    assert owner("SELECT count(*) FROM t_gorno_selo.moving_item") == [(0,)]
    assert owner("SELECT count(*) FROM t_gorno_selo.moving_moved") == [(3,)]
    assert owner("SELECT count(*) FROM t_gorno_selo.news_item") == [(2,)]
