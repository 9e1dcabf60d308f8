"""A reader says who they are and where they live: their own device knows it, nobody else."""

import html
import re
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.news import services as news
from obshto.platform.search.query_parser import understand
from obshto.tenants.portal.preferences import About

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
FOR_ME, HOME = "/for-me", "/"
SCHOOL, WATER, BRIDGE = "Училището приема ученици", "Водата спира", "Мостът в Гъмзово е затворен"
FIRST = "Първо за Вас"


@pytest.fixture
def settled(house, config, owner):
    """Each village has a settlement of its own."""
    engine = create_engine(config.migrator)
    rows = (
        "('00001', :here, 'село', '{\"bg\": \"Гъмзово\", \"en\": \"Gamzovo\"}', false, 'гъмзово')"
    )
    other = "('00002', :there, 'село', '{\"bg\": \"Друго\", \"en\": \"Drugo\"}', false, 'друго')"
    put = (
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        f" VALUES {rows}, {other}"
    )
    with engine.begin() as connection:
        connection.execute(text(put), {"here": VILLAGE, "there": NEIGHBOUR})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement WHERE ekatte IN ('00001', '00002')"))
    engine.dispose()


@pytest.fixture
def told(uow_in):
    """Three published items, the one about water the newest; answers their ids."""
    ids = []
    for title in (SCHOOL, BRIDGE, WATER):
        with uow_in(VILLAGE) as uow:
            words = news.Text(title=title, summary="Накратко", markdown="Ремонт на място.")
            item = news.write_item(uow, words, request_id=uuid4())
            news.publish_item(uow, item, expected_version=item.version)
            uow.commit()
            ids.append(item.id)
    return ids


@pytest.fixture
def visit(client, at):
    return lambda path=HOME, **kw: client.get(path, base_url=at(kw.pop("slug", VILLAGE)), **kw)


@pytest.fixture
def choose(client, at):
    def choose(*about, settlement="", slug=VILLAGE):
        data = {"about": list(about), "settlement": settlement}
        return client.post(FOR_ME, data=data, base_url=at(slug))

    return choose


def titles(page):
    found = re.findall(r"<h[23][^>]*><a [^>]*>(.*?)</a></h[23]>", page.text)
    return [html.unescape(re.sub("<[^>]*>", "", title)).replace("\xa0", " ") for title in found]


def first(page):
    """The titles of what is shown first."""
    part = page.text.partition(FIRST)[2].partition("</section>")[0]
    found = re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", part)
    return [html.unescape(title).replace("\xa0", " ") for title in found]


def test_a_parent_sees_the_school_first_and_all_the_rest_after(choose, told, visit):
    assert FIRST not in visit().text
    assert choose("parent").status_code == 303
    page = visit()
    assert first(page) == [SCHOOL]
    assert WATER in page.text.replace("\xa0", " ")


def test_who_lives_in_a_village_sees_what_is_said_of_it(settled, choose, told, visit):
    choose(settlement="00001")
    assert first(visit()) == [BRIDGE]
    assert "с. Гъмзово" in visit().text.replace("\xa0", " ")
    assert "Gamzovo" in visit("/en/").text


def test_in_the_search_it_comes_before_what_is_newer(choose, told, visit):
    assert titles(visit("/search?q=ремонт")) == [WATER, BRIDGE, SCHOOL]
    choose("parent")
    assert titles(visit("/search?q=ремонт")) == [SCHOOL, WATER, BRIDGE]


def test_in_another_language_it_is_found_by_its_bulgarian_title(choose, told, visit, uow_in):
    with uow_in(VILLAGE) as uow:
        item = news.item_of(uow, told[0], to_change=True)
        words = news.Text(title="Enrolment", summary="Shortly", markdown="Repairs.")
        news.translate_item(uow, item, words, language="en", expected_version=news.UNWRITTEN)
        uow.commit()
    choose("parent")
    page = visit("/en/").text
    assert "Enrolment" in page.partition('id="for-me"')[2].partition("</section>")[0]
    assert titles(visit("/en/search?q=repairs")) == ["Enrolment"]


def test_one_tap_forgets_it(choose, told, visit, client, at):
    choose("parent")
    assert "Забравете избора ми" in visit().text
    answer = client.post(f"{FOR_ME}/forget", base_url=at(VILLAGE))
    assert answer.status_code == 303
    assert client.get_cookie("reader", domain="gorno-selo.localhost") is None
    assert FIRST not in visit().text


def test_choosing_nothing_is_forgetting(choose, visit, client):
    choose("parent")
    choose()
    assert client.get_cookie("reader", domain="gorno-selo.localhost") is None
    assert FIRST not in visit().text


def test_the_form_shows_what_was_said_and_says_where_it_is_kept(settled, choose, visit):
    assert "само на това устройство" in visit(FOR_ME).text.replace("\xa0", " ")
    choose("farmer", "older", settlement="00001")
    page = visit(FOR_ME).text
    assert re.findall(r'value="([a-z]+)" checked', page) == ["older", "farmer"]
    assert '<option value="00001" selected>' in page


# -- what no cache may mix up ------------------------------------------------------------------


def test_nobody_is_shown_what_is_first_for_another(app, choose, told, visit, at):
    stranger = app.test_client()
    before = stranger.get(HOME, base_url=at(VILLAGE))
    choose("parent")
    assert FIRST in visit().text
    after = stranger.get(HOME, base_url=at(VILLAGE))
    assert after.data == before.data
    choose()
    assert visit().data == before.data


@pytest.mark.parametrize("path", [HOME, "/search?q=ремонт", FOR_ME])
def test_a_page_of_ones_own_is_kept_nowhere(choose, told, visit, path):
    choose("parent")
    assert visit(path).headers["Cache-Control"] == "private, no-store"


def test_other_pages_may_still_be_kept_on_the_phone(choose, told, visit):
    choose("parent")
    assert visit("/news/").headers["Cache-Control"] == "private, no-cache"


def test_the_cookie_names_nobody_and_stays_on_its_host(settled, choose):
    cookies = choose("parent", settlement="00001").headers.getlist("Set-Cookie")
    [said] = [cookie for cookie in cookies if cookie.startswith("reader=")]
    assert said.startswith("reader=parent-00001;")
    assert "HttpOnly" in said and "SameSite=Lax" in said and "Domain" not in said


def test_nothing_of_it_is_written_down(settled, choose, told, visit, owner):
    logs = "SELECT count(*) FROM t_gorno_selo.audit_entry"
    before = owner(logs)
    choose("parent", settlement="00001")
    visit()
    visit("/search?q=ремонт")
    assert owner(logs) == before


# -- what is no answer -------------------------------------------------------------------------


def test_a_village_of_the_neighbour_cannot_be_chosen_here(settled, choose, visit):
    assert choose("parent", settlement="00002").status_code == 422
    assert FIRST not in visit().text


@pytest.mark.parametrize("said", ["nobody", "parent' OR 1=1", "а" * 10_000])
def test_who_is_none_of_those_offered_is_refused(choose, said):
    assert choose(said).status_code == 422


@pytest.mark.parametrize(
    "value",
    ["x", "-", "parent", "boss-", "-99999", "-00002", "parent-00002x", "." * 90 + "-", "п-"],
)
def test_a_broken_cookie_says_nothing(settled, told, visit, client, value):
    client.set_cookie("reader", value, domain="gorno-selo.localhost")
    page = visit()
    assert page.status_code == 200
    assert FIRST not in page.text


def test_a_cookie_with_one_word_that_counts_counts_for_that(settled, told, visit, client):
    client.set_cookie("reader", "boss.parent-00002", domain="gorno-selo.localhost")
    assert first(visit()) == [SCHOOL]


def test_nothing_published_for_them_is_said(choose, visit):
    choose("farmer")
    assert "Още няма нищо публикувано точно за Вас" in visit().text.replace("\xa0", " ")


def test_the_region_asks_nobody_who_they_are(client, at):
    assert client.get(FOR_ME, base_url=at()).status_code == 404


@pytest.mark.parametrize("about", About)
def test_every_phrase_can_be_searched_for(about):
    assert all(understand(phrase, "bg").terms for phrase in about.phrases)
