"""Fragments: kept for everybody, never older than a write, never anybody's own."""

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Blueprint, render_template_string, request
from sqlalchemy import text

from obshto.ops.compose import all_components
from obshto.platform.clock import now
from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.permissions import Role
from obshto.platform.settings.models import SettingsValue
from obshto.platform.web import request_uow
from obshto.platform.web.access import open_to_all
from obshto.platform.web.csrf import csrf_token
from obshto.platform.web.fragments import FRAGMENTS, render_once
from obshto.platform.web.redirects import said_in
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.validity import FragmentLeak, keep_until
from obshto.tenants.portal.frame import give_frame
from obshto.tenants.portal.preferences import reader_here

HERE, THERE = "gorno-selo", "dolno-selo"


@pytest.fixture
def moment(monkeypatch):
    """A clock that stands."""
    stopped = [now().replace(second=30)]
    monkeypatch.setattr(request_uow, "now", lambda: stopped[0])
    return stopped


@pytest.fixture(scope="module")
def lasting(make_lasting_app):
    """An app with pages of one fragment each, which counts how often it was rendered; what its body
    and its view do besides."""
    views, made, say, before = Blueprint("small_citizen", __name__), count(1), [None], [None]

    def body():
        say[0]()
        return f"<p>{next(made)}</p>"

    def page():
        before[0]()
        return str(render_once("small", body, *request.args.getlist("vary")))

    def template():
        before[0]()
        source = "{% call fragment('called') %}{{ body() }}{% endcall %}"
        return render_template_string(source, body=body)

    views.add_url_rule("/", "page", open_to_all(page), methods=["GET", "POST"])
    views.add_url_rule("/called", "called", open_to_all(template))
    part = Component(
        slug="small", folder=Path(), citizen=views, privacy=NoPersonalData(because="a test")
    )
    return make_lasting_app(parts=(*all_components(), part)), say, before


@pytest.fixture
def say(lasting):
    """What the body of the fragment does before it answers."""
    _, said, _ = lasting
    said[0] = lambda: keep_until(None)
    return said


@pytest.fixture
def before(lasting):
    """What the view does before its fragment."""
    _, _, done = lasting
    done[0] = lambda: None
    return done


@pytest.fixture
def small(lasting, moment, say, before):
    return lasting[0]


@pytest.fixture
def visit(small, at):
    """visit(): the page's fragment, past the page cache."""

    def ask(path="/", slug=HERE, *, language="", method="GET", query="?fresh=1"):
        client = small.test_client(use_cookies=False)
        answer = client.open(
            f"{language}/small{path}{query}",
            base_url=at(slug),
            method=method,
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status_code == 200
        return answer.text

    return ask


@pytest.mark.parametrize("path", ["/", "/called"])
def test_a_fragment_is_rendered_once(visit, path):
    assert visit(path) == visit(path)


@pytest.mark.parametrize("sql", ["version = version + 1", "version = version"])
def test_any_change_of_the_row_lets_its_fragments_go_and_no_others(visit, app_engine, sql):
    here, there = visit(), visit(slug=THERE)
    with app_engine.begin() as connection:
        connection.execute(text(f"UPDATE shared.tenant SET {sql} WHERE slug = '{HERE}'"))
    assert visit() != here
    assert visit(slug=THERE) == there


def test_each_municipality_language_and_variant_has_its_own(visit):
    places = [
        {},
        {"slug": THERE},
        {"language": "/en"},
        {"language": "/ro"},
        {"query": "?vary=a"},
        {"query": "?vary=a&vary=b"},
        {"query": "?vary=a', 'b"},
        {"query": f"?vary={THERE}"},
    ]
    first = [visit(**place) for place in places]
    assert len(set(first)) == len(places)
    assert [visit(**place) for place in places] == first


def test_a_fragment_is_not_shown_at_the_moment_that_it_said(visit, moment, say):
    end = moment[0] + timedelta(hours=1)
    say[0] = lambda: keep_until(end)
    first = visit()
    moment[0] = end - timedelta(seconds=1)
    assert visit() == first
    moment[0] = end
    assert visit() != first


def test_a_fragment_that_does_not_say_how_long_it_holds_is_not_kept(visit, say):
    say[0] = lambda: None
    assert visit() != visit()


def test_what_a_template_calls_may_say_that_it_holds_for_less(visit, moment, say):
    say[0] = lambda: keep_until(moment[0])
    assert visit("/called") != visit("/called")


def wrote_row():
    current_uow().session.add(SettingsValue(part="small", values={}))


def wrote_row_and_flushed():
    wrote_row()
    current_uow().session.flush()


def wrote_past_the_session():
    connection = current_uow().session.connection()
    schema = f"t_{HERE.replace('-', '_')}"
    connection.exec_driver_sql(f"UPDATE {schema}.settings_value SET version = version")


@pytest.mark.parametrize(
    "write", [wrote_row, wrote_row_and_flushed, wrote_past_the_session], ids=lambda it: it.__name__
)
def test_a_unit_of_work_that_wrote_puts_nothing(visit, before, write):
    before[0] = write
    own = visit()
    before[0] = lambda: None
    assert visit() != own


def test_a_post_puts_nothing(visit):
    assert visit(method="POST") != visit()


def refused(ask):
    """A body that asks and is refused; the page answers 500 where it is not."""

    def body():
        with pytest.raises(FragmentLeak):
            ask()

    return body


@pytest.mark.parametrize(
    "ask",
    [
        csrf_token,
        current_principal,
        lambda: current_uow().principal.name,
        lambda: current_uow().principal.permissions,
        lambda: said_in([]),
        lambda: reader_here(None),
    ],
    ids=["token", "principal", "name", "permissions", "sentence", "reader"],
)
@pytest.mark.parametrize("path", ["/", "/called"])
def test_what_belongs_to_one_person_raises_inside(visit, say, ask, path):
    say[0] = refused(ask)
    visit(path)


@pytest.mark.parametrize("name", ["person", "who", "notice", "console_url", "step_in", "help"])
def test_a_frame_gives_a_fragment_nothing_of_a_person(visit, before, say, name):
    frame = []
    before[0] = lambda: frame.append(give_frame()["frame"])
    say[0] = refused(lambda: getattr(frame[-1], name))
    visit()


def test_somebody_signed_in_and_a_stranger_see_the_same_fragments(sign_in, client, at, app):
    """The blocks that staff filled the cache with hold nothing of them."""
    store = app.extensions[FRAGMENTS]
    own = sign_in(HERE, Role.EDITOR, name="Проба Пробова")
    assert "Проба Пробова" in own.get("/").text
    assert store.held_bytes
    stranger = client.get("/", base_url=at(HERE)).text
    assert "Проба Пробова" not in stranger
    assert "csrf_token" not in stranger
