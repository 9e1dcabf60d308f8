"""Values made of public content: once for each version of a municipality, never older than it."""

from itertools import count
from pathlib import Path

import pytest
from flask import Blueprint
from sqlalchemy import text

from obshto.ops.compose import all_components
from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.settings.models import SettingsValue
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.access import open_to_all
from obshto.platform.web.content_cache import ContentCache
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import scope_named

HERE, THERE = "gorno-selo", "dolno-selo"


def own(get):
    return get(current_uow())


@pytest.fixture
def ask():
    """What the view does: `get(uow)` is the value, made anew where none is kept."""
    return [own]


@pytest.fixture
def visit(make_app, at, ask):
    """visit(slug): what the view answered there."""
    views, made, values = Blueprint("small_citizen", __name__), count(1), ContentCache(2)

    def get(uow, key="a"):
        return str(values.get_or_make(uow, lambda: next(made), key))

    views.add_url_rule("/", "page", open_to_all(lambda: ask[0](get)), methods=["GET", "POST"])
    privacy = NoPersonalData(because="a test")
    part = Component(slug="small", folder=Path(), citizen=views, privacy=privacy)
    app = make_app(parts=(*all_components(), part))

    def visit(slug=HERE):
        client = app.test_client(use_cookies=False)
        answer = client.get("/small/?fresh=1", base_url=at(slug))
        assert answer.status_code == 200
        return answer.text

    return visit


def test_a_value_is_made_once_and_each_municipality_has_its_own(visit):
    assert visit() == visit() != visit(THERE) == visit(THERE)


@pytest.mark.parametrize("sql", ["version = version + 1", "version = version"])
def test_any_change_of_the_row_lets_it_go(visit, app_engine, sql):
    before = visit()
    with app_engine.begin() as connection:
        connection.execute(text(f"UPDATE shared.tenant SET {sql} WHERE slug = '{HERE}'"))
    assert visit() != before


def test_each_key_has_its_own_and_the_one_that_was_not_asked_for_goes(visit, ask):
    first = visit()
    for key in "bc":
        ask[0] = lambda get, key=key: get(current_uow(), key)
        assert visit() == visit()
    ask[0] = own
    assert visit() != first


def test_work_that_wrote_neither_gets_nor_leaves_a_value(visit, ask):
    def write(get):
        current_uow().session.add(SettingsValue(part="small", values={}))
        return get(current_uow())

    kept = visit()
    ask[0] = write
    assert visit() != kept  # its change moved no stamp that it could know of
    ask[0] = own
    assert visit() == kept


def test_work_opened_beside_the_requests_own_is_never_given_its_value(visit, ask):
    def beside(get):
        with open_uow(scope_named(THERE), Principal.system("test")) as uow:
            return get(uow)

    kept = visit()
    ask[0] = beside
    assert visit() != kept
    ask[0] = own
    assert visit() == kept
