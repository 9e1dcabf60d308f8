"""The page cache: what it keeps, for whom, until when."""

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Blueprint, Response, abort, make_response
from sqlalchemy import text

from obshto.ops.compose import all_components
from obshto.platform.clock import now
from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.permissions import Role
from obshto.platform.web import page_cache
from obshto.platform.web.access import open_to_all
from obshto.platform.web.validity import keep_until

HERE, THERE = "gorno-selo", "dolno-selo"
FILLER = " " * 1000  # below this size nothing is compressed


@pytest.fixture
def moment(monkeypatch):
    """A clock that stands, so that no test runs over the end of a minute."""
    stopped = [now().replace(second=30)]
    monkeypatch.setattr(page_cache, "now", lambda: stopped[0])
    return stopped


@pytest.fixture(scope="module")
def counting(make_lasting_app):
    """An app with pages that count how often they were made; and what /declared says."""
    views, made, until = Blueprint("counting_citizen", __name__), count(1), [None]

    def page():
        return make_response(f"<p>{next(made)}</p>{FILLER}")

    def personal(name, value):
        answer = page()
        answer.headers[name] = value
        return answer

    def declared():
        keep_until(until[0])
        return page()

    def add(path, view):
        views.add_url_rule(path, endpoint=path.strip("/") or "page", view_func=open_to_all(view))

    add("/", page)
    add("/other", page)
    add("/cookie", lambda: personal("Set-Cookie", "a=b"))
    add("/vary", lambda: personal("Vary", "Accept, COOKIE"))
    add("/secret", lambda: personal("Cache-Control", "private, no-store"))
    add("/declared", declared)
    add("/missing", lambda: abort(404, response=Response(page().data, 404)))
    privacy = NoPersonalData(because="a test")
    part = Component(slug="counting", folder=Path(), citizen=views, privacy=privacy)
    return make_lasting_app(parts=(*all_components(), part)), until


@pytest.fixture
def until(counting):
    """Until when the page /declared says that it holds."""
    _, said = counting
    said[0] = None
    return said


@pytest.fixture
def visit(counting, at, moment, until):
    """visit("/"): the answer of a page that counts how often it was made."""
    app, _ = counting

    def ask(path="/", slug=HERE, *, language="", method="GET", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client = app.test_client(use_cookies=False)  # they come as they are given
        return client.open(
            f"{language}/counting{path}", base_url=at(slug), method=method, headers=named
        )

    return ask


@pytest.fixture
def touch(app_engine):
    """touch(slug): something public has changed there."""

    def change(slug):
        with app_engine.begin() as connection:
            where = "UPDATE shared.tenant SET version = version + 1 WHERE slug = :slug"
            connection.execute(text(where), {"slug": slug})

    return change


def test_a_page_is_made_once(visit):
    first, second = visit(), visit()
    assert first.data == second.data
    assert first.headers["Content-Type"] == second.headers["Content-Type"]
    assert second.headers["Cache-Control"] == "private, no-cache"


def test_a_kept_page_does_not_repeat_who_asked_first(visit):
    first, second = visit(X_Request_ID="first-visitor"), visit(X_Request_ID="second-visitor")
    assert first.data == second.data
    assert first.headers["X-Request-ID"] == "first-visitor"
    assert "X-Request-ID" not in second.headers


@pytest.mark.parametrize("path", ["/cookie", "/vary", "/secret", "/missing", "/?page=2"])
def test_a_page_that_may_not_be_kept_is_made_each_time(visit, path):
    assert visit(path).data != visit(path).data


def test_who_sends_a_cookie_neither_gets_a_kept_page_nor_leaves_one(visit):
    own = visit(Cookie="session=nobody")
    public = visit()
    assert own.data != public.data
    assert visit(Cookie="session=nobody").data != public.data
    assert visit().data == public.data


def test_what_somebody_signed_in_sees_is_not_shown_to_others(sign_in, client, at):
    own = sign_in(HERE, Role.EDITOR, name="Проба Пробова")
    assert "Проба Пробова" in own.get("/").text
    assert "Проба Пробова" not in client.get("/", base_url=at(HERE)).text
    assert "Проба Пробова" in own.get("/").text


def test_each_path_language_and_host_has_its_own_page(visit):
    places = [
        {},
        {"path": "/other"},
        {"language": "/en"},
        {"language": "/ro"},
        {"slug": THERE},
        {"slug": THERE, "language": "/en"},
    ]
    first = [visit(**place).data for place in places]
    assert len(set(first)) == len(places)
    assert [visit(**place).data for place in places] == first


def test_one_host_spelled_in_two_ways_is_one_page(visit):
    assert visit(slug=HERE.upper()).data == visit().data


@pytest.mark.parametrize(
    ("accepted", "coding"), [("", None), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br")]
)
def test_each_coding_has_its_own_page(visit, accepted, coding):
    for other in ("", "gzip", "br"):
        visit(Accept_Encoding=other)
    first, second = visit(Accept_Encoding=accepted), visit(Accept_Encoding=accepted)
    assert first.data == second.data
    assert second.headers.get("Content-Encoding") == coding
    assert int(second.headers["Content-Length"]) == len(second.data)


@pytest.mark.parametrize(
    "odd",
    ["*", "GZIP", "xbr, gzip", "br;q=0, *", "br;Q=0, gzip", "br;q=0.0, gzip", "br;q=0.2, gzip"],
)
def test_an_odd_wish_for_a_coding_spoils_nobodys_page(visit, odd):
    visit(Accept_Encoding=odd)
    for wish, codings in (("", {None}), ("gzip", {None, "gzip"}), ("br", {None, "br"})):
        assert visit(Accept_Encoding=wish).headers.get("Content-Encoding") in codings


def test_who_refuses_a_coding_does_not_get_it_from_the_cache(visit):
    assert visit(Accept_Encoding="br").headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in visit(Accept_Encoding="br;Q=0, identity").headers


@pytest.mark.parametrize("weight", ["0", "0.", "0.0", "0.000", "00", ".0", '"0"'])
def test_a_weight_of_nothing_is_a_refusal_however_it_is_written(visit, weight):
    assert visit(Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
    first, second = (visit(Accept_Encoding=f"gzip;q={weight}, identity") for _ in range(2))
    assert first.data != second.data


@pytest.mark.parametrize("weight", ["1", "1.0", "0.8", "0.05", "0.001"])
def test_who_wants_a_coding_a_little_gets_the_page_that_is_kept(visit, weight):
    first, second = (visit(Accept_Encoding=f"gzip;q={weight}, deflate;q=0.5") for _ in range(2))
    assert first.data == second.data


def test_head_has_no_body_and_leaves_none(visit):
    assert visit(method="HEAD").data == b""
    kept = visit()
    assert kept.data
    answer = visit(method="HEAD")
    assert (answer.status_code, answer.data) == (200, b"")


def test_who_has_the_page_already_is_told_so(visit):
    tag = visit().headers["ETag"]
    answer = visit(If_None_Match=tag)
    assert (answer.status_code, answer.data) == (304, b"")
    assert "Content-Length" not in answer.headers
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_who_has_an_older_page_gets_the_new_one(visit, touch):
    tag = visit().headers["ETag"]
    touch(HERE)
    answer = visit(If_None_Match=tag)
    assert answer.status_code == 200
    assert answer.data and answer.headers["ETag"] != tag


def test_a_change_lets_all_pages_of_its_municipality_go_and_no_other(visit, touch):
    here, other, there = visit().data, visit("/other").data, visit(slug=THERE).data
    touch(HERE)
    assert visit().data != here
    assert visit("/other").data != other
    assert visit(slug=THERE).data == there


def test_a_page_that_depends_on_the_clock_is_a_minute_old_at_most(visit, moment):
    before = visit().data
    moment[0] = moment[0].replace(second=59)
    assert visit().data == before
    moment[0] = moment[0].replace(second=0) + timedelta(minutes=1)
    assert visit().data != before


def test_a_page_that_says_that_nothing_ends_it_is_kept_until_something_changes(
    visit, moment, touch
):
    before = visit("/declared").data
    moment[0] += timedelta(hours=30)
    assert visit("/declared").data == before
    touch(HERE)
    assert visit("/declared").data != before


def test_a_page_that_says_until_when_is_not_shown_at_that_moment(visit, moment, until):
    until[0] = moment[0] + timedelta(hours=1)
    before = visit("/declared").data
    moment[0] = until[0] - timedelta(seconds=1)
    assert visit("/declared").data == before
    moment[0] += timedelta(seconds=1)
    assert visit("/declared").data != before


def test_a_change_of_the_row_that_leaves_the_version_lets_pages_go(visit, app_engine):
    before = visit("/declared").data
    with app_engine.begin() as connection:
        same = "UPDATE shared.tenant SET version = version WHERE slug = :slug"
        connection.execute(text(same), {"slug": HERE})
    assert visit("/declared").data != before


def test_the_oldest_unused_page_goes_first(visit, monkeypatch):
    monkeypatch.setattr(page_cache, "KEEP_BYTES", 2 * (page_cache.ENTRY_BYTES + 2000))
    first = visit().data
    visit("/other")
    visit(language="/en")
    assert visit().data != first


def test_a_module_that_was_switched_off_is_gone_on_the_next_request(client, at, sign_in):
    chief = sign_in(HERE, Role.ADMIN)
    for act, status in (("off", 404), ("on", 200), ("off", 404)):
        home = client.get("/", base_url=at(HERE)).text
        assert chief.press("/console/tenants/news", to=f"/{act}").status_code == 303
        assert client.get("/news/", base_url=at(HERE)).status_code == status
        assert client.get("/", base_url=at(HERE)).text != home
