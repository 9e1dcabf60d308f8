"""The door fails closed."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from obshto.ops.compose import all_components
from obshto.platform.clock import now
from obshto.platform.modularity.manifest import (
    Component,
    ModuleManifest,
    NavEntry,
    NoPersonalData,
)
from obshto.platform.modularity.mount import mount
from obshto.platform.modularity.registry import UnknownWord, UnownedView
from obshto.platform.permissions import Role
from obshto.platform.web.access import UndeclaredAccess, open_to_all
from obshto.platform.web.hosts import Host
from obshto.tenants.switches.permissions import SwitchPermission

COMMON = {"folder": Path(), "privacy": NoPersonalData(because="a test")}


def view():
    return "inside"


@pytest.fixture
def nested(make_app):
    """A module that nobody has switched on, with a blueprint inside its blueprint."""
    outer, inner = Blueprint("planted_citizen", __name__), Blueprint("inner", __name__)
    inner.add_url_rule("/", view_func=open_to_all(lambda: "inside"))
    outer.register_blueprint(inner, url_prefix="/inner")

    def planted(kind, **more):
        part = kind(slug="planted", citizen=outer, **COMMON, **more)
        return make_app(parts=(*all_components(), part)).test_client()

    return planted


def test_a_nested_blueprint_of_a_switched_off_module_is_absent(nested, at):
    client = nested(ModuleManifest, title="Planted", summary="…")
    assert client.get("/planted/inner/", base_url=at("gorno-selo")).status_code == 404


def test_the_same_blueprint_of_a_part_without_a_switch_is_present(nested, at):
    assert nested(Component).get("/planted/inner/", base_url=at("gorno-selo")).text == "inside"


def test_a_stranger_is_led_to_sign_in_and_back(client, at):
    answer = client.get("/console/tenants/?x=1", base_url=at("gorno-selo"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/console/tenants/%3Fx%3D1&level=2"


def test_somebody_without_the_right_is_refused(sign_in):
    assert sign_in("gorno-selo").get("/console/tenants/").status_code == 403
    assert sign_in("gorno-selo", Role.ADMIN).get("/console/tenants/").status_code == 200


def test_off_comes_before_sign_in(client, at):
    assert client.get("/console/news/", base_url=at("dolno-selo")).status_code == 404
    assert client.get("/console/news/", base_url=at("gorno-selo")).status_code == 302


def test_a_language_that_is_not_offered_leads_to_bulgarian(client, at, house, config, owner):
    assert client.get("/en/", base_url=at("gorno-selo")).status_code == 200
    assert client.get("/de/", base_url=at("gorno-selo")).status_code == 404


def test_a_session_of_one_municipality_is_nobody_in_another(sign_in, at):
    here = sign_in("gorno-selo", Role.ADMIN)
    token = here.client.get_cookie("session", domain="gorno-selo.localhost").value
    here.client.set_cookie("session", token, domain="dolno-selo.localhost")
    answer = here.get("/console/tenants/", base_url=at("dolno-selo"))
    assert answer.status_code == 302


def test_roles_of_one_municipality_are_none_in_another(sign_in, uow_in, at):
    """The same person, signed in to both, holds only what each has given."""
    here = sign_in("gorno-selo", Role.ADMIN)
    from_there = sign_in("dolno-selo")
    assert here.get("/console/tenants/").status_code == 200
    assert from_there.get("/console/tenants/").status_code == 403


@pytest.mark.parametrize("place", ["citizen", "console", *Host])
def test_an_undeclared_view_stops_the_boot(make_app, place):
    pages = Blueprint("silent", __name__)
    pages.add_url_rule("/silent", view_func=view)
    where = {"front": {place: pages}} if isinstance(place, Host) else {place: pages}
    with pytest.raises(UndeclaredAccess, match="view"):
        make_app(parts=(*all_components(), Component(slug="silent", **where, **COMMON)))


def test_a_view_of_no_part_stops_the_boot():
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/stray", view_func=open_to_all(lambda: "stray"), endpoint="stray")
    with pytest.raises(UnownedView, match="stray"):
        mount(app, ())


def test_a_menu_with_an_unknown_word_stops_the_boot(make_app):
    line = NavEntry(label="?", endpoint="x", permission=SwitchPermission.SEE)
    with pytest.raises(UnknownWord, match="tenants:switch.see"):
        make_app(parts=(*all_components(), Component(slug="bold", nav=(line,), **COMMON)))


def test_a_view_added_after_the_boot_does_not_exist(make_app, at):
    app = make_app()
    app.add_url_rule("/late", view_func=open_to_all(lambda: "late"), endpoint="late")
    assert app.test_client().get("/late", base_url=at()).status_code == 404


@pytest.mark.parametrize("slug", ["gorno-selo", ""])
def test_security_txt_says_whom_to_tell_and_until_when_it_holds(client, at, slug):
    answer = client.get("/.well-known/security.txt", base_url=at(slug))
    assert answer.status_code == 200 and answer.mimetype == "text/plain"
    told = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert told["Contact"].startswith(at(slug)) and told["Canonical"].endswith("/security.txt")
    assert now() < datetime.fromisoformat(told["Expires"]) < now() + timedelta(days=366)


def test_a_keeper_of_passwords_is_led_to_the_account(client, at):
    answer = client.get("/.well-known/change-password", base_url=at("gorno-selo"))
    assert answer.status_code == 303 and answer.location.endswith("/account")


@pytest.mark.parametrize("path", ["/contact", "/news", "/en/contact", "/console/tenants/people"])
def test_an_address_is_the_same_with_a_slash_and_without(client, at, path):
    there = [client.get(f"{path}{end}?a=1", base_url=at("gorno-selo")) for end in ("", "/")]
    assert 404 not in {answer.status_code for answer in there}
    [moved] = [answer for answer in there if answer.status_code == 308]
    assert moved.location.partition("?")[2] == "a=1"


@pytest.mark.parametrize("path", ["/.//evil.example/", "/no-such-page/", "/%2F%2Fevil.example/"])
def test_no_slash_leads_away_or_to_what_is_not_there(client, at, path):
    answer = client.get(path, base_url=at("gorno-selo"))
    assert answer.status_code == 404 or answer.location.startswith(("/", at("gorno-selo")))
    assert "//evil" not in answer.headers.get("Location", "").removeprefix("http://")
