"""Four kinds of host in one app, with everything else kept out."""

import pytest
from sqlalchemy import create_engine, text

BASE = "localhost:8000"


def test_each_kind_of_host_has_its_own_front_page(client, at):
    assert "Общините в област Видин" in client.get("/", base_url=at()).text
    assert "Община Горно село" in client.get("/", base_url=at("gorno-selo")).text
    assert "Табло на ИТ екипа" in client.get("/sign-in", base_url=at("ops")).text


@pytest.mark.parametrize("host", ["GORNO-SELO.LOCALHOST:8000", "gorno-selo.localhost.:8000"])
def test_a_host_is_spelled_in_one_way(client, host):
    assert client.get("/", base_url=f"http://{host}").status_code == 200


@pytest.mark.parametrize("label", ["nyama", "www", "console", "a.b", "x", "-"])
def test_ours_but_nobodys_is_not_found_and_names_those_that_are(client, at, label):
    answer = client.get("/", base_url=at(label))
    assert answer.status_code == 404
    assert f'href="http://dolno-selo.{BASE}/"' in answer.text


@pytest.mark.parametrize("host", ["evil.test", "localhost", "localhost:9000", f"evil{BASE}"])
def test_a_host_that_is_not_ours_gets_no_body(client, host):
    answer = client.get("/", base_url=f"http://{host}")
    assert (answer.status_code, answer.data) == (421, b"")


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "Forwarded", "X-Host"])
def test_a_forged_header_does_not_move_a_visitor(client, at, name):
    forged = {name: f"dolno-selo.{BASE}"}
    assert "Горно село" in client.get("/", base_url=at("gorno-selo"), headers=forged).text


@pytest.mark.parametrize("label", ["", "ops", "login"])
def test_a_module_lives_only_in_municipalities(client, at, label):
    assert client.get("/news/", base_url=at(label)).status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_come_by_address(client, path):
    assert client.get(path, base_url="http://10.0.0.7:8000").status_code == 200


def test_links_lead_across_hosts(app):
    with app.test_request_context("/", base_url=f"http://{BASE}"):
        link = app.url_for("news_citizen.index", municipality="dolno-selo")
    assert link == f"http://dolno-selo.{BASE}/news/"


@pytest.fixture
def own_domain(house, logins):
    """A municipality that has a domain of its own, as the owner would note it."""
    engine = create_engine(logins.migrator)

    def note(domain):
        with engine.begin() as connection:
            row = {"domain": domain}
            where = "UPDATE shared.tenant SET domain = :domain WHERE slug = 'gorno-selo'"
            connection.execute(text(where), row)

    note("gornoselo.example")
    yield
    note(None)
    engine.dispose()


def test_a_municipalitys_own_domain_leads_to_its_address(client, own_domain):
    answer = client.get("/news/", base_url="http://gornoselo.example")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"http://gorno-selo.{BASE}/news/"
