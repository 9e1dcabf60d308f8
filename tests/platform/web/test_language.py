"""The language is the first segment of the path."""

import pytest


@pytest.mark.parametrize(
    ("path", "language", "word"),
    [("/", "bg", "Новини"), ("/en/", "en", "News"), ("/en", "en", "News")],
)
def test_the_path_says_the_language(client, at, path, language, word):
    page = client.get(path, base_url=at("gorno-selo")).text
    assert f'<html lang="{language}"' in page
    assert word in page


def test_every_link_of_a_page_keeps_its_language(client, at):
    page = client.get("/en/", base_url=at("gorno-selo")).text
    assert 'href="/en/news/"' in page
    assert 'href="/news/"' not in page


def test_the_switch_leads_to_the_same_page(client, at):
    page = client.get("/en/news/?page=1", base_url=at("gorno-selo")).text
    assert 'href="/news/?page=1" lang="bg"' in page


def test_a_municipality_chooses_its_languages(client, at):
    """The villages of the tests have a title in two; Romanian falls back to the English one."""
    page = client.get("/ro/", base_url=at("gorno-selo")).text
    assert '<html lang="ro"' in page
    assert "Gorno-Selo Municipality" in page


def test_a_fault_speaks_the_visitors_language(client, at):
    assert "Няма такава страница" in client.get("/x", base_url=at("gorno-selo")).text
    assert "Page not found" in client.get("/en/x", base_url=at("gorno-selo")).text
