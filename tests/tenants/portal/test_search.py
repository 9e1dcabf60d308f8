"""The search page: what is published is found at once, what is not is gone at once."""

import html
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Blueprint
from sqlalchemy import create_engine, text

from obshto.modules.news import services as news
from obshto.ops.compose import all_components
from obshto.platform.modularity.manifest import (
    ModuleManifest,
    NoPersonalData,
    PublicEntries,
    PublicEntry,
)
from obshto.platform.search.services import index
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.access import open_to_all
from obshto.tenants.api import find_municipality
from obshto.tenants.switches.services import switch_off, switch_on

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TITLE = "Водата спира в петък"
SEARCH = "/search"


@pytest.fixture
def tell(uow_in):
    """Publish news; answers its id."""

    def tell(title=TITLE, markdown="Цистерната е пред кметството.", slug=VILLAGE, **translations):
        with uow_in(slug) as uow:
            words = news.Text(title=title, summary="Накратко", markdown=markdown)
            item = news.write_item(uow, words, request_id=uuid4())
            for language, translated in translations.items():
                told = news.Text(title=translated, summary="…", markdown="…")
                news.translate_item(
                    uow, item, told, language=language, expected_version=news.UNWRITTEN
                )
            news.publish_item(uow, item, expected_version=item.version)
            uow.commit()
            return item.id

    return tell


@pytest.fixture
def ask(client, at):
    def ask(query=None, slug=VILLAGE, path=SEARCH, **more):
        asked = {} if query is None else {"q": query}
        return client.get(path, query_string=asked | more, base_url=at(slug))

    return ask


@pytest.fixture
def index_all(uow_in):
    """The job for the region, as the worker runs it."""

    def run(slug=VILLAGE, part="news"):
        with uow_in(slug) as uow:
            index(uow, part=part)

    return run


def titles(answer):
    assert answer.status_code == 200
    found = re.findall(r'<h2 class="govuk-heading-s"><a [^>]*>(.*?)</a>', answer.text)
    return [html.unescape(re.sub("<[^>]*>", "", title)).replace("\xa0", " ") for title in found]


def said(answer):
    return answer.text.replace("\xa0", " ").replace("&nbsp;", " ")


# -- what is found ---------------------------------------------------------------------------


def test_every_page_offers_to_search_and_works_without_a_script(ask):
    for path in ("/", "/contact", "/nowhere-at-all"):
        page = ask(path=path).text
        assert 'role="search"' in page and 'action="/search"' in page
    assert 'action="/en/search"' in ask(path="/en/").text
    assert 'action="/search"' in ask(slug="", path="/").text


def test_before_anything_is_asked_there_is_one_box(ask):
    page = ask()
    assert page.text.count('name="q"') == 1 and titles(page) == []


def test_what_is_published_is_found_on_the_next_request(tell, ask):
    assert titles(ask("вода")) == []
    item_id = tell()
    page = ask("vodata")
    assert titles(page) == [TITLE]
    assert f'href="/news/{item_id}"' in page.text
    assert "<mark>Водата</mark> спира" in said(page)
    assert "1 резултат<" in said(page) and "Новини" in page.text


def test_words_of_the_text_are_found_and_shown_where_they_stand(tell, ask):
    tell(markdown="Начало. " * 60 + "\n\nЕла при **цистерната** до кметството.\n\n" + "Край. " * 60)
    page = said(ask("цистерна"))
    assert "при <mark>цистерната</mark> до кметството" in page
    assert page.count("Начало.") < 20 and page.count("Край.") < 40


@pytest.mark.parametrize("act", [news.hide_item, news.delete_item])
def test_what_is_no_longer_public_is_gone_at_once(tell, ask, uow_in, act):
    item_id = tell()
    assert titles(ask("вода")) == [TITLE]
    with uow_in(VILLAGE) as uow:
        item = news.item_of(uow, item_id, to_change=True)
        act(uow, item, expected_version=item.version)
        uow.commit()
    assert titles(ask("вода")) == []


def test_what_was_rolled_back_is_not_found(uow_in, ask):
    with uow_in(VILLAGE) as uow:
        words = news.Text(title=TITLE, summary="…", markdown="…")
        item = news.write_item(uow, words, request_id=uuid4())
        news.publish_item(uow, item, expected_version=item.version)
    assert titles(ask("вода")) == []


def test_a_draft_is_never_found(uow_in, ask):
    with uow_in(VILLAGE) as uow:
        words = news.Text(title=TITLE, summary="…", markdown="…")
        news.write_item(uow, words, request_id=uuid4())
        uow.commit()
    assert titles(ask("вода")) == []


def test_everything_in_the_title_comes_before_what_stands_in_a_text(tell, ask):
    tell("Ремонт на улица", "…")
    tell("Новини от кмета", "Започва ремонт на още една улица.")
    assert titles(ask("ремонт улица")) == ["Ремонт на улица", "Новини от кмета"]


def test_a_slip_is_mended_and_the_reader_is_told(tell, ask):
    tell("Библиотеката отваря")
    page = ask("библеотеката")
    assert titles(page) == ["Библиотеката отваря"]
    assert "Няма резултати за „библеотеката“. Показваме резултати за „библиотеката“" in said(page)
    assert 'value="библеотеката"' in page.text


def test_where_nothing_has_every_word_the_nearest_is_shown_and_said_to_be_so(tell, ask):
    tell("Водата спира в петък")
    page = ask("водата спира довечера")
    assert titles(page) == ["Водата спира в петък"]
    assert "Никъде не срещаме всички думи заедно" in page.text


def test_who_finds_nothing_is_helped_on(ask):
    page = ask("делфинариум")
    assert "Няма резултати за „делфинариум“" in said(page)
    assert 'href="tel:+35993812345"' in page.text and 'href="/contact"' in page.text
    assert "http://localhost:8000/search?q=" in page.text


def test_an_own_name_does_not_hide_what_need_not_say_it(tell, ask):
    tell()
    assert titles(ask("вода Горно село")) == [TITLE]


# -- whose it is -----------------------------------------------------------------------------


@pytest.fixture
def both_on(app):
    with app.app_context(), open_uow(None, Principal.system("a test")) as region:
        switch_on(region, NEIGHBOUR, "news", expected_version=find_municipality(NEIGHBOUR).switches)


def test_a_municipality_finds_nothing_of_its_neighbour(tell, ask, index_all, both_on):
    tell("Горна вода")
    tell("Долна вода", slug=NEIGHBOUR)
    for slug in (VILLAGE, NEIGHBOUR):
        index_all(slug)
    assert titles(ask("вода")) == ["Горна вода"]
    assert titles(ask("вода", NEIGHBOUR)) == ["Долна вода"]


def test_the_region_finds_all_and_says_where(tell, ask, index_all, both_on):
    item_id = tell("Горна вода")
    tell("Долна вода", slug=NEIGHBOUR)
    for slug in (VILLAGE, NEIGHBOUR):
        index_all(slug)
    page = ask("вода", "")
    assert sorted(titles(page)) == ["Горна вода", "Долна вода"]
    assert f'href="http://gorno-selo.localhost:8000/news/{item_id}"' in page.text
    assert "<span>Горно село</span>" in said(page)
    assert titles(ask("voda dolno selo", "")) == ["Долна вода"]


def test_a_module_that_goes_off_takes_its_results_along_at_once(app, tell, ask, index_all):
    tell()
    index_all()
    assert titles(ask("вода")) == titles(ask("вода", "")) == [TITLE]
    with app.app_context(), open_uow(None, Principal.system("a test")) as region:
        switch_off(region, VILLAGE, "news", expected_version=find_municipality(VILLAGE).switches)
    assert titles(ask("вода")) == titles(ask("вода", "")) == []
    with app.app_context(), open_uow(None, Principal.system("a test")) as region:
        switch_on(region, VILLAGE, "news", expected_version=find_municipality(VILLAGE).switches)
    index_all()
    assert titles(ask("вода")) == titles(ask("вода", "")) == [TITLE]


def test_rows_that_outlive_their_module_are_not_shown(tell, ask, index_all, config):
    """Past the services: as if a job had written after the switch."""
    tell()
    index_all()
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{}'"))
    engine.dispose()
    assert titles(ask("вода")) == titles(ask("вода", "")) == []
    assert "/news/" not in ask(path="/sitemap.xml").text


# -- parts that are planted ------------------------------------------------------------------

NOW = datetime.now(UTC)
OBJECT = uuid4()
BUILT = PublicEntry(
    object_id=OBJECT,
    kind="place",
    title="Аптека „Здраве“",
    path=f"/spots/{OBJECT}",
    published_at=NOW - timedelta(days=1),
    language="bg",
    text="Лекарства с рецепта и без рецепта.",
    place="Извор",
)


@pytest.fixture
def planted(make_app, config):
    """planted(entry): a house with a second module in the village, that has published this."""

    def plant(*entries):
        pages = Blueprint("spots_citizen", __name__)
        pages.add_url_rule("/", view_func=open_to_all(lambda: "spots"))
        spots = ModuleManifest(
            slug="spots",
            folder=Path(),
            title="Места",
            summary="…",
            citizen=pages,
            search=PublicEntries(facts=frozenset(), of=lambda uow, ids: entries),
            privacy=NoPersonalData(because="a test"),
        )
        app = make_app(parts=(*all_components(), spots))
        engine = create_engine(config.migrator)
        with engine.begin() as connection:
            here = "UPDATE shared.tenant SET modules = '{news,spots}' WHERE slug = 'gorno-selo'"
            connection.execute(text(here))
        engine.dispose()
        return app

    return plant


def asked_of(app, at, uow_in, query, slug=VILLAGE, **more):
    with uow_in(VILLAGE, app=app) as uow:
        index(uow, part="spots")
    asked = {"q": query} | more
    return app.test_client().get(SEARCH, query_string=asked, base_url=at(slug))


def test_results_are_counted_and_chosen_by_kind(planted, at, uow_in, tell):
    app = planted(BUILT)
    tell("Новата аптека отваря")
    page = asked_of(app, at, uow_in, "аптека")
    assert sorted(titles(page)) == ["Аптека „Здраве“", "Новата аптека отваря"]
    assert "Места (1)" in said(page) and "Новини (1)" in said(page)
    page = asked_of(app, at, uow_in, "аптека", part="spots")
    assert titles(page) == ["Аптека „Здраве“"]
    assert '<b aria-current="true">Места' in page.text
    assert titles(asked_of(app, at, uow_in, "аптека", part="cinema")) == []


def test_the_place_of_a_thing_finds_it(planted, at, uow_in):
    app = planted(BUILT)
    page = asked_of(app, at, uow_in, "apteka izvor")
    assert titles(page) == ["Аптека „Здраве“"] and "<span>Извор</span>" in page.text
    assert "<span>Извор, Горно село</span>" in said(asked_of(app, at, uow_in, "аптека", ""))


@pytest.mark.parametrize(
    "change",
    [{"published_at": NOW + timedelta(days=1)}, {"until": NOW - timedelta(minutes=1)}],
    ids=["not yet", "no longer"],
)
def test_what_has_its_time_is_shown_in_its_time_only(planted, at, uow_in, change):
    app = planted(replace(BUILT, **change))
    for slug in (VILLAGE, ""):
        assert titles(asked_of(app, at, uow_in, "аптека", slug)) == []
        assert titles(asked_of(app, at, uow_in, "аптекка", slug)) == []
    assert "/spots/" not in app.test_client().get("/sitemap.xml", base_url=at(VILLAGE)).text


# -- languages, pages, signs -----------------------------------------------------------------


def test_the_pages_language_comes_first_and_bulgarian_is_marked(tell, ask):
    tell("Вода в Бориловец", "…", en="Water in Borilovets")
    tell("Вода в Раброво", "…")
    page = ask("voda borilovec", path="/en/search")
    assert titles(page) == ["Вода в Бориловец"] and page.text.count('<li lang="bg">') == 1
    assert titles(ask("waters", path="/en/search")) == ["Water in Borilovets"]
    assert titles(ask("borilovets", path="/en/search")) == ["Water in Borilovets"]
    assert titles(ask("Бориловец")) == ["Вода в Бориловец"]


def test_many_results_stand_on_numbered_pages_that_keep_the_question(tell, ask):
    for number in range(23):
        tell(f"Вода, вест {number}")
    first, second = ask("вода"), ask("вода", page="2")
    assert len(titles(first)) == 20 and len(titles(second)) == 3
    assert not set(titles(first)) & set(titles(second))
    assert "page=2" in first.text and 'value="вода"' in second.text
    assert titles(ask("вода", page="99")) == titles(second)


ODD = [
    "",
    " ",
    "?!",
    "%",
    "_",
    "\\",
    "'",
    "''; DROP TABLE search_entry; --",
    "' OR '1'='1",
    "вода & !спира | (",
    "вода:*",
    "<script>alert(1)</script>",
    "вода " * 500,
    "ж" * 10_000,
    "y" * 23,
    "🚰",
    "水道",
    "ʼʼ ǅ ﬁ İ ß",
    "\u202eадов",
    "в\u0301ода",
    "sh" * 31 + "ñ",
    "iya" * 21 + "ñ",
    "a" * 199 + "🚰",
]


@pytest.mark.parametrize("query", ODD, ids=[str(n) for n in range(len(ODD))])
def test_an_odd_question_gets_a_clean_answer(tell, ask, query):
    tell()
    for path in (SEARCH, "/en/search"):
        page = ask(query, path=path)
        assert page.status_code == 200
        assert page.text.count("<h1>") == 1 and "<script>alert" not in page.text
    assert ask(query, "").status_code == 200
    assert titles(ask("вода")) == [TITLE]


def test_a_question_with_a_nul_is_refused_like_any_text(ask):
    assert ask("во\x00да").status_code == 400


def test_who_asks_at_length_is_told_how_much_was_read(tell, ask):
    tell()
    assert "Въпросът е дълъг" in ask("водата спира " + "петък " * 60).text
    assert "Въпросът е дълъг" not in ask("водата спира").text


def test_signs_of_markup_stay_text_where_words_are_marked(tell, ask):
    tell("Вода <i>& още</i>", "Пишете „<b>вода</b>“ & толкова")
    page = said(ask("вода"))
    assert "<mark>Вода</mark> &lt;i&gt;&amp; още&lt;/i&gt;" in page
    assert "<i>& още" not in page and "<b>вода" not in page


# -- what is kept of a question --------------------------------------------------------------


def test_results_are_for_no_index_and_no_cache(ask, tell, config):
    """The second answer is not the first one kept: a row changed without a touch is seen."""
    tell()
    first = ask("вода")
    assert '<meta name="robots" content="noindex">' in first.text
    assert "ETag" not in first.headers and "public" not in first.headers["Cache-Control"]
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM t_gorno_selo.search_entry"))
    engine.dispose()
    assert titles(ask("вода")) == []


def test_what_was_asked_is_in_no_log_and_no_table(ask, tell, caplog, owner):
    tell()
    secret = "Пенчославовица"
    with caplog.at_level(logging.DEBUG):
        ask(secret)
        ask(secret, "")
    assert secret not in caplog.text and secret.lower() not in caplog.text
    assert "tenants_portal.search" in caplog.text
    tables = "select table_schema, table_name from information_schema.tables"
    where = (
        " where table_schema in ('t_gorno_selo', 'shared', 'queue') and table_type = 'BASE TABLE'"
    )
    for schema, name in owner(tables + where):
        for row in owner(f'select t::text from "{schema}"."{name}" t'):
            assert secret not in row[0] and "penchoslav" not in row[0], name


def test_searches_are_counted_by_the_day_and_those_in_vain(ask, tell, owner):
    tell()
    for query in ("вода", "делфинариум", "  ", "?"):
        ask(query)
    ask("вода", page="2")
    ask("вода", part="news")
    counted = "select asked, in_vain from {}.search_day"
    assert [tuple(row) for row in owner(counted.format("t_gorno_selo"))] == [(4, 2)]
    assert owner(counted.format("t_dolno_selo")) == []


def test_a_search_in_vain_is_counted_for_the_module_that_would_answer_and_its_words_are_not(
    ask, tell, owner
):
    tell()
    for query in ("аптеката", "дежурна аптека", "делфинариум", "вода", "новини"):
        ask(query)
    wishes = "select part, in_vain from t_gorno_selo.search_wish"
    assert owner(wishes) == [("places", 2)]


# -- what it costs ---------------------------------------------------------------------------


def test_more_results_are_not_more_queries(tell, ask, index_all, statements_of):
    def cost(*asked):
        return len(statements_of(lambda: ask(*asked)))

    questions = [("вода",), ("водда",), ("вода", ""), ("липсва",)]
    tell()
    index_all()
    few = [cost(*question) for question in questions]
    for number in range(15):
        tell(f"Вода, вест {number}")
    index_all()
    assert [cost(*question) for question in questions] == few
    assert max(few) <= 12


# -- for search engines ----------------------------------------------------------------------


def test_the_map_of_the_site_tells_what_is_published_with_its_languages(tell, ask):
    item_id = tell(en="No water on Friday")
    answer = ask(path="/sitemap.xml")
    assert answer.mimetype == "application/xml"
    base = "http://gorno-selo.localhost:8000"
    assert f"<loc>{base}/news/{item_id}</loc>" in answer.text
    assert f'hreflang="en" href="{base}/en/news/{item_id}"' in answer.text
    assert f"{base}/ro/news/{item_id}" not in answer.text
    assert f"<loc>{base}/contact</loc>" in answer.text and "/console" not in answer.text
    for address in re.findall(r"(?:<loc>|href=\")([^<\"]*)", answer.text):
        assert ask(path=address.removeprefix(base)).status_code == 200, address
