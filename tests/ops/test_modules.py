"""Modules go on or off from the command line."""

import json

import pytest

NOTHING_ON = "update shared.tenant set modules = '{}', version = version + 1"


@pytest.fixture(scope="module")
def joined(house_of_commands):
    house_of_commands.done("tenants", "add", "kula", "--name", "Кула", "--modules", "")
    yield house_of_commands
    house_of_commands.empty()


@pytest.fixture
def kula(joined):
    """The same municipality for all tests here, each time with nothing on."""
    yield joined
    joined.owner(NOTHING_ON)


def test_a_switch_is_seen_on_the_next_request(kula):
    assert kula.get("kula", "/news/")[0] == 404
    assert kula.done("modules", "on", "kula", "news") == "On in kula: news.\n"
    assert kula.get("kula", "/news/")[0] == 200
    assert kula.done("modules", "off", "kula", "news", "--yes") == "Off in kula: news.\n"
    assert kula.get("kula", "/news/")[0] == 404


def test_a_switch_that_stands_so_already_is_left_alone(kula):
    acts = "select act from shared.audit_entry where municipality = 'kula' order by at desc"
    before = [act for (act,) in kula.owner(acts)]
    assert before[-1] == "tenants:municipality.joined"
    assert "off already" in kula.done("modules", "off", "kula", "news")
    kula.done("modules", "on", "kula", "news")
    assert "on already" in kula.done("modules", "on", "kula", "news")
    assert [act for (act,) in kula.owner(acts)] == ["tenants:module.switched-on", *before]


def test_switching_off_says_what_citizens_lose_then_asks(kula):
    kula.done("modules", "on", "kula", "news")
    kula.done("seed", "kula")
    asked = kula("modules", "off", "kula", "news", typed="n\n")
    assert asked.returncode == 1
    assert "Citizens would lose: " in asked.stdout
    assert kula.get("kula", "/news/")[0] == 200
    kula.done("modules", "off", "kula", "news", typed="y\n")
    assert kula.get("kula", "/news/")[0] == 404
    assert kula.owner("select count(*) from t_kula.news_item")[0][0] > 0


def test_the_list_knows_what_is_on_where(kula):
    everywhere = json.loads(kula.done("modules", "list", "--json"))
    assert [module["slug"] for module in everywhere if module["slug"] == "news"] == ["news"]
    assert all(set(module) == {"slug", "title", "requires"} for module in everywhere)
    here = json.loads(kula.done("modules", "list", "kula", "--json"))
    assert {module["slug"]: module["is_on"] for module in here}["news"] is False
    kula.done("modules", "on", "kula", "news")
    lines = kula.done("modules", "list", "kula").splitlines()
    assert ["news", "on"] in [line.split()[:2] for line in lines]


@pytest.mark.parametrize("switch", ["on", pytest.param("off", marks=pytest.mark.long)])
def test_what_is_not_there_cannot_be_switched(kula, switch):
    assert "no municipality narnia" in kula.refused("modules", switch, "narnia", "news")
    for slug in ("cinema", "audit"):  # the other is a part without a switch
        asked = kula.refused("modules", switch, "kula", slug)
        assert f"There is no module {slug}. There are: " in asked


def test_the_list_of_a_stranger_is_refused(kula):
    assert "There is no municipality narnia" in kula.refused("modules", "list", "narnia")
