"""The front pages: what people come to do comes first, and machines are told the same."""

import re

import pytest
from sqlalchemy import create_engine, text

from obshto.ops.compose import all_components
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.tenants.portal.home import errands_of
from obshto.tenants.portal.region import region_map

VILLAGE = "gorno-selo"


@pytest.fixture
def visit(client, at):
    return lambda path, slug=VILLAGE: client.get(path, base_url=at(slug))


@pytest.fixture
def everything_on(config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        row = {"modules": [module.slug for module in all_components() if is_switchable(module)]}
        connection.execute(text("UPDATE shared.tenant SET modules = :modules"), row)
    engine.dispose()


def is_switchable(part):
    return isinstance(part, ModuleManifest)


def errands(page):
    block = page.partition('id="errands"')[2].partition("</ul>")[0]
    return re.findall(r'<a href="([^"]+)">', block)


def test_the_home_page_begins_with_what_people_come_to_do(app, everything_on, visit):
    page = visit("/").text
    led = errands(page)
    assert led[:3] == ["/eservices/", "/payments/", "/reports/new"] and len(led) == 6
    assert page.index('id="errands"') < page.index('class="ob-card"')
    assert len(led) == 6
    assert all(visit(path).status_code == 200 for path in led)


def test_an_errand_of_what_is_switched_off_is_not_offered(visit):
    """Without any module one can still call or come."""
    assert "/eservices/" not in errands(visit("/").text)
    assert errands(visit("/").text)[-1] == "/contact"


def test_errands_speak_the_language_of_the_page(app, everything_on, visit):
    assert errands(visit("/ro/").text)[0] == "/ro/eservices/"


def test_light_errands_come_first(app):
    parts = app.extensions["obshto"].parts.values()
    weights = [errand.weight for errand in errands_of(parts)]
    assert weights == sorted(weights) and len(weights) > 3


def test_every_page_says_to_social_networks_what_it_is(visit):
    page = visit("/en/contact").text
    assert '<meta property="og:title" content="Contact">' in page
    assert '<meta property="og:locale" content="en_GB">' in page
    assert re.search(r'property="og:url" content="http://gorno-selo[^"]*/en/contact"', page)
    [told] = re.findall(r'<meta name="description" content="([^"]+)"', page)
    assert f'<meta property="og:description" content="{told}">' in page


def test_whoever_presses_on_the_map_comes_to_the_municipality(client, at, monkeypatch):
    areas = {"gorno-selo": {"path": "M0 0h9v9z", "x": 4, "y": 4}}
    monkeypatch.setitem(region_map(), "areas", areas)
    page = client.get("/?fresh", base_url=at()).text  # the one that is kept knows no village
    drawn = page.partition('class="ob-map"')[2].partition("</svg>")[0]
    listed = page.partition('id="municipalities"')[2].partition("</ul>")[0]
    led = set(re.findall(r'<a href="([^"]+)" aria-label="[^"]+">', drawn))
    assert led and led <= set(re.findall(r'<a href="([^"]+)"', listed))
