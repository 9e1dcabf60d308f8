"""Switches: what comes along, what stays, who did it, when it is seen."""

from pathlib import Path
from uuid import uuid4

import pytest
from flask import Blueprint
from sqlalchemy import create_engine, text

from obshto.modules.news.services import Text, publish_item, write_item
from obshto.ops.compose import all_components
from obshto.platform.errors import NotFound
from obshto.platform.modularity.manifest import ModuleManifest, NoPersonalData
from obshto.platform.permissions import Role
from obshto.platform.search.services import index, newest_entries
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.access import open_to_all
from obshto.tenants.api import find_municipality
from obshto.tenants.switches.services import (
    StillNeeded,
    SwitchedMeanwhile,
    needed_by,
    switch_off,
    switch_on,
)

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WHO = Principal(name="Ивайло Демирев")


def planted(slug, *requires):
    pages = Blueprint(f"{slug}_citizen", __name__)
    pages.add_url_rule("/", view_func=open_to_all(lambda: slug))
    return ModuleManifest(
        slug=slug,
        folder=Path(),
        title=f"Модул {slug}",
        summary="…",
        requires=frozenset(requires),
        citizen=pages,
        privacy=NoPersonalData(because="a test"),
    )


@pytest.fixture(scope="module")
def app(make_lasting_app):
    """Roof stands on walls, walls on ground; garden and shed lean on each other."""
    chain = (planted("roof", "walls"), planted("walls", "ground"), planted("ground"))
    circle = (planted("garden", "shed"), planted("shed", "garden"))
    return make_lasting_app(parts=(*all_components(), *chain, *circle))


@pytest.fixture
def acting(app):
    """An act of the region, committed when it ends well."""

    def act(service, municipality, slug, expected_version=None):
        with app.app_context(), open_uow(None, WHO) as region:
            here = find_municipality(municipality)
            now = here.switches if here else 0
            return service(
                region,
                municipality,
                slug,
                expected_version=now if expected_version is None else expected_version,
            )

    return act


@pytest.fixture
def on(app):
    def on(slug=VILLAGE):
        with app.app_context():
            return find_municipality(slug).modules

    return on


@pytest.fixture
def switches(app):
    """How often modules were switched in the village."""

    def switches():
        with app.app_context():
            return find_municipality(VILLAGE).switches

    return switches


@pytest.fixture
def acts(owner):
    rows = "select municipality, act, detail->>'module', person_name from shared.audit_entry"
    return lambda: sorted(tuple(row) for row in owner(rows))


def test_what_a_module_needs_comes_along_however_deep(acting, on):
    assert acting(switch_on, VILLAGE, "roof") == {"roof", "walls", "ground"}
    assert on() == {"news", "roof", "walls", "ground"}
    assert on(NEIGHBOUR) == frozenset()


def test_only_what_was_off_is_turned_on(acting, on, acts):
    acting(switch_on, VILLAGE, "walls")
    assert acting(switch_on, VILLAGE, "roof") == {"roof"}
    assert acting(switch_on, VILLAGE, "roof") == frozenset()
    assert len(acts()) == 3


def test_modules_that_need_each_other_come_together(acting, app):
    assert acting(switch_on, VILLAGE, "garden") == {"garden", "shed"}
    with app.app_context():
        registry = app.extensions["obshto"]
        assert needed_by(registry.parts["shed"]) == {"garden", "shed"}


def test_what_another_needs_stays_on(acting, on, acts):
    acting(switch_on, VILLAGE, "roof")
    before = acts()
    with pytest.raises(StillNeeded) as refused:
        acting(switch_off, VILLAGE, "ground")
    assert refused.value.values["other"] == "Модул walls"
    assert "ground" in on()
    assert acts() == before


def test_from_the_top_down_everything_can_go(acting, on):
    acting(switch_on, VILLAGE, "roof")
    assert [acting(switch_off, VILLAGE, slug) for slug in ("roof", "walls", "ground")] == [True] * 3
    assert on() == {"news"}
    assert acting(switch_off, VILLAGE, "roof") is False


def test_a_late_copy_does_not_undo_a_later_switch(acting, on, acts, switches):
    first = switches()
    acting(switch_on, VILLAGE, "ground", expected_version=first)
    acting(switch_off, VILLAGE, "ground", expected_version=first + 1)
    before = acts()
    with pytest.raises(SwitchedMeanwhile):
        acting(switch_on, VILLAGE, "ground", expected_version=first)
    assert acting(switch_off, VILLAGE, "ground", expected_version=first + 1) is False  # it stands
    assert (on(), acts(), switches()) == ({"news"}, before, first + 2)


def test_an_act_of_the_region_stands_in_its_log_with_who_did_it(acting, acts):
    acting(switch_on, VILLAGE, "walls")
    acting(switch_off, VILLAGE, "walls")
    did = WHO.name
    assert acts() == [
        (VILLAGE, "tenants:module.switched-off", "walls", did),
        (VILLAGE, "tenants:module.switched-on", "ground", did),
        (VILLAGE, "tenants:module.switched-on", "walls", did),
    ]


def test_an_act_that_fails_leaves_nothing(app, on, acts, switches):
    with app.app_context(), pytest.raises(RuntimeError), open_uow(None, WHO) as region:
        switch_on(region, VILLAGE, "ground", expected_version=switches())
        raise RuntimeError("the power went")
    assert on() == {"news"}
    assert acts() == []


@pytest.mark.parametrize("switch", [switch_on, switch_off])
@pytest.mark.parametrize(("slug", "module"), [("narnia", "news"), (VILLAGE, "cinema")])
def test_what_is_not_there_cannot_be_switched(acting, switch, slug, module):
    with pytest.raises(NotFound):
        acting(switch, slug, module)


def test_a_part_without_a_switch_cannot_be_switched(acting):
    with pytest.raises(NotFound):
        acting(switch_off, VILLAGE, "audit")


def test_a_switch_is_seen_on_the_next_request_even_by_the_page_cache(app, acting, at):
    client = app.test_client()

    def ask():
        return client.get("/ground/", base_url=at(VILLAGE)).status_code

    assert ask() == 404
    for _ in range(3):
        acting(switch_on, VILLAGE, "ground")
        assert (ask(), ask()) == (200, 200)
        acting(switch_off, VILLAGE, "ground")
        assert (ask(), ask()) == (404, 404)
    assert client.get("/ground/", base_url=at(NEIGHBOUR)).status_code == 404


@pytest.fixture
def listed(app, uow_in):
    """The titles on the region's page."""

    def listed():
        with uow_in(None, app=app) as region:
            return [row.title for row in newest_entries(region, language="bg")]

    return listed


@pytest.fixture
def news_told(app, uow_in):
    with uow_in(VILLAGE, app=app) as uow:
        text = Text(title="Водата спира", summary="…", markdown="…")
        item = write_item(uow, text, request_id=uuid4())
        publish_item(uow, item, expected_version=item.version)
        uow.commit()
    with uow_in(VILLAGE, app=app) as uow:
        index(uow, part="news")


def test_the_region_forgets_what_a_switched_off_module_had_published(acting, listed, news_told):
    assert listed() == ["Водата спира"]
    acting(switch_off, VILLAGE, "news")
    assert listed() == []


def test_the_region_is_asked_to_look_again_when_the_module_comes_back(acting, news_told, queued):
    acting(switch_off, VILLAGE, "news")
    acting(switch_on, VILLAGE, "news")
    asked = [arguments for name, arguments in queued() if name == "search:index"]
    assert {"part": "news", "object_id": None, "municipality": VILLAGE} in asked


def test_the_console_switches_and_tells_who_did_it(sign_in, acts):
    admin = sign_in(VILLAGE, Role.ADMIN, name="Ивайло Демирев")
    page = admin.get("/console/tenants/news").text
    assert "Изключете модула" in page
    assert admin.press("/console/tenants/news", to="/off").status_code == 303
    assert admin.get("/news/").status_code == 404
    assert admin.press("/console/tenants/news", to="/on").status_code == 303
    assert admin.get("/news/").status_code == 200
    assert [row[3] for row in acts()] == ["Ивайло Демирев"] * 2
    log = admin.get("/console/audit/").text
    assert "Изключен модул" in log and "Включен модул" in log


def test_who_may_look_may_not_switch(sign_in):
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    assert secretary.get("/console/tenants/").status_code == 200
    assert secretary.get("/console/tenants/news").status_code == 403
    assert secretary.post("/console/tenants/news/off").status_code == 403
    assert secretary.get("/news/").status_code == 200


def test_before_a_module_is_switched_on_staff_see_whether_people_look_for_it(
    house, sign_in, client, at, config, owner
):
    admin = sign_in(VILLAGE, Role.ADMIN)
    for query in ("аптека", "работно време на аптеката", "делфинариум"):
        client.get("/search", query_string={"q": query}, base_url=at(VILLAGE))
    page = admin.get("/console/tenants/places").text.replace("\xa0", " ")
    assert "2 търсения в портала без резултат бяха за това" in page
    assert "Общо 3 търсения останаха без резултат" in page
    assert "about=places" not in page, "polls are off, so nobody can be asked"
    stranger = sign_in(NEIGHBOUR, Role.ADMIN).get("/console/tenants/places").text
    assert "няма търсене без резултат, което да е за това" in stranger.replace("\xa0", " ")


def test_from_there_a_ready_made_poll_is_begun(house, sign_in, config):
    with_polls(config)
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert "/console/polls/new?about=places" in admin.get("/console/tenants/places").text
    page = "/console/polls/new?about=places"
    asked = {"closes_at": "2090-01-01T17:00", "who": "anyone"}
    made = admin.press(page, **asked)
    assert made.status_code == 303
    shown = admin.get(made.location).text.replace("\xa0", " ")
    assert "Искате ли „Места“ в портала?" in shown and "Бихте ли ползвали това?" in shown
    assert admin.get("/console/polls/new?about=nothing").status_code == 200


def with_polls(config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['news', 'polls']"))
    engine.dispose()
