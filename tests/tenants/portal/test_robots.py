"""What search engines are told: robots.txt and the map of the region."""

import re

import pytest

VILLAGE = "gorno-selo"


@pytest.fixture
def ask(client, at):
    """ask(path=…): that address of a village, or with slug="" of the region."""
    return lambda path, slug=VILLAGE, **more: client.get(path, query_string=more, base_url=at(slug))


def test_robots_are_shown_the_map_and_kept_from_the_console(ask):
    page = ask(path="/robots.txt")
    assert page.mimetype == "text/plain"
    assert "User-agent: *" in page.text
    assert "Sitemap: http://gorno-selo.localhost:8000/sitemap.xml" in page.text
    region = ask(slug="", path="/robots.txt").text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in region


def test_the_map_of_the_region_tells_the_front_page_of_each_municipality(ask):
    answer = ask(slug="", path="/sitemap.xml")
    assert answer.mimetype == "application/xml"
    found = re.findall("<loc>([^<]*)</loc>", answer.text)
    assert found[0] == "http://localhost:8000/"
    assert "http://gorno-selo.localhost:8000/" in found and len(found) == len(set(found)) > 2


def test_a_demonstration_is_in_no_index_and_a_real_portal_is(app, ask, monkeypatch):
    assert "Disallow: /\n" in ask(path="/robots.txt").text
    monkeypatch.setitem(app.config, "obshto.demo", False)
    fresh = ask(path="/robots.txt", fresh="1")
    assert "Disallow: /console/\n" in fresh.text
