"""What the region shows is what municipalities have published, no more."""

import threading
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy import text as sql

from obshto.modules.news import services as news
from obshto.modules.news.services import Text
from obshto.platform.search.services import index, lock_search, newest_entries, renew
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import find_municipality, scope_named
from obshto.tenants.switches.services import switch_on

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
ROWS = (
    "select municipality, part, object_id, language, title, path from shared.public_entry"
    " order by municipality, title, language"
)


def text(title):
    return Text(title=title, summary="…", markdown="…")


def past_the_services(config, statement):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(sql(statement))
    engine.dispose()


@pytest.fixture
def tell(uow_in):
    """Publish something; answers its id."""

    def tell(title, slug=VILLAGE, **translations):
        with uow_in(slug) as uow:
            item = news.write_item(uow, text(title), request_id=uuid4())
            for to, translated in translations.items():
                words = text(translated)
                news.translate_item(uow, item, words, language=to, expected_version=news.UNWRITTEN)
            news.publish_item(uow, item, expected_version=item.version)
            uow.commit()
            return item.id

    return tell


@pytest.fixture
def look(uow_in):
    """The job, as the worker runs it."""

    def look(slug=VILLAGE, object_id=None):
        with uow_in(slug) as uow:
            index(uow, part="news", object_id=object_id and str(object_id))

    return look


@pytest.fixture
def shown(uow_in):
    def shown(language="bg", **more):
        with uow_in(None) as region:
            return [row.title for row in newest_entries(region, language=language, **more)]

    return shown


def test_looking_twice_changes_nothing(tell, look, owner):
    tell("Водата спира", en="No water")
    look()
    once = owner(ROWS)
    look()
    assert owner(ROWS) == once and len(once) == 2


def test_one_thing_is_looked_at_without_touching_the_others(tell, look, owner):
    first, second = tell("Първа"), tell("Втора")
    look(object_id=second)
    assert [row[4] for row in owner(ROWS)] == ["Втора"]
    look(object_id=first)
    look(object_id=first)
    assert [row[4] for row in owner(ROWS)] == ["Втора", "Първа"]


def test_a_draft_is_never_shown(uow_in, look, shown):
    with uow_in(VILLAGE) as uow:
        news.write_item(uow, text("Чернова"), request_id=uuid4())
        uow.commit()
    look()
    assert shown() == []


@pytest.mark.parametrize("act", [news.hide_item, news.delete_item])
def test_what_is_no_longer_public_is_gone_after_the_next_look(tell, look, shown, uow_in, act):
    item_id = tell("Водата спира", en="No water")
    look()
    with uow_in(VILLAGE) as uow:
        item = news.item_of(uow, item_id, to_change=True)
        act(uow, item, expected_version=item.version)
        uow.commit()
    look(object_id=item_id)
    assert shown() == shown("en") == []


def test_municipalities_do_not_overwrite_each_other(app, tell, look, shown):
    with app.app_context(), open_uow(None, Principal.system("a test")) as region:
        switch_on(region, NEIGHBOUR, "news", expected_version=find_municipality(NEIGHBOUR).switches)
    tell("Горна вест")
    tell("Долна вест", NEIGHBOUR)
    look(VILLAGE)
    look(NEIGHBOUR)
    look(VILLAGE)
    assert sorted(shown()) == ["Горна вест", "Долна вест"]


def test_nothing_is_shown_of_a_municipality_where_the_module_is_off(tell, look, shown):
    tell("Долна вест", NEIGHBOUR)
    look(NEIGHBOUR)
    assert shown() == []


def test_a_language_without_a_translation_falls_back_to_bulgarian(tell, look, shown):
    tell("Само на български")
    tell("Водата спира", en="No water", ro="Fără apă")
    look()
    assert sorted(shown("en")) == ["No water", "Само на български"]
    assert sorted(shown("ro")) == ["Fără apă", "Само на български"]
    assert sorted(shown("bg")) == ["Водата спира", "Само на български"]


def test_the_regions_page_shows_the_newest_in_the_readers_language(tell, look, client, at):
    tell("Само на български")
    item_id = tell("Водата спира", en="No water")
    look()
    page = client.get("/en/", base_url=at()).text.replace("\xa0", " ")
    assert "No water" in page and "Водата спира" not in page
    assert page.count('<li lang="bg">') == 1
    address = f'href="http://{VILLAGE}.localhost:8000/en/news/{item_id}"'
    assert address in page
    assert client.get(f"/en/news/{item_id}", base_url=at(VILLAGE)).status_code == 200


def test_the_regions_page_is_let_go_when_something_new_is_there(tell, look, client, at):
    before = client.get("/", base_url=at()).text
    tell("Водата спира")
    look()
    after = client.get("/", base_url=at()).text.replace("\xa0", " ")
    assert "Водата спира" not in before and "Водата спира" in after


def test_only_the_newest_are_shown_newest_first(tell, look, shown):
    for number in range(4):
        tell(f"Вест {number}")
    look()
    assert shown(size=3) == ["Вест 3", "Вест 2", "Вест 1"]


def test_publishing_asks_for_one_look_at_that_thing(tell, queued):
    item_id = tell("Водата спира")
    looks = [args for name, args in queued() if name == "search:index"]
    assert looks == [{"part": "news", "object_id": str(item_id), "municipality": VILLAGE}]


def test_the_row_of_something_names_where_it_stands(tell, look, owner):
    item_id = tell("Водата спира")
    look()
    row = (VILLAGE, "news", item_id, "bg", "Водата спира", f"/news/{item_id}")
    assert [tuple(found) for found in owner(ROWS)] == [row]


# -- the municipality's own search -----------------------------------------------------------

OWN = "select object_id, title from t_gorno_selo.search_entry order by title"


def test_a_table_that_was_lost_is_filled_again_by_night(tell, uow_in, owner, config, queued):
    item_id = tell("Водата спира")
    past_the_services(config, "DELETE FROM t_gorno_selo.search_entry")
    with uow_in(VILLAGE) as uow:
        renew(uow)
        uow.commit()
    asked = [arguments for name, arguments in queued() if name == "search:index"]
    assert {"part": "news", "object_id": None, "municipality": VILLAGE} in asked
    with uow_in(VILLAGE) as uow:
        index(uow, part="news")
    assert [tuple(row) for row in owner(OWN)] == [(item_id, "Водата спира")]


def test_what_nobody_publishes_any_more_is_gone_after_the_night(tell, look, owner, config):
    tell("Водата спира")
    look()
    past_the_services(config, "UPDATE t_gorno_selo.news_item SET published_at = NULL")
    assert owner(OWN)
    look()
    assert owner(OWN) == owner(ROWS) == []


def test_who_hides_something_while_all_is_read_anew_has_the_last_word(tell, uow_in, owner, app):
    """The job locks writers out, so that it never writes what was public when it began."""
    item_id = tell("Водата спира")
    begun, hidden = threading.Event(), threading.Event()

    def hide():
        with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
            item = news.item_of(uow, item_id, to_change=True)
            news.hide_item(uow, item, expected_version=item.version)
            begun.set()
        hidden.set()

    with uow_in(VILLAGE) as uow:
        lock_search(uow, is_whole=True)
        other = threading.Thread(target=hide)
        other.start()
        assert begun.wait(120) and not hidden.wait(0.3)
        index(uow, part="news")
    other.join(120)
    assert hidden.is_set() and owner(OWN) == []
