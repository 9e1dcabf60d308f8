"""The language is the first segment of the path."""

from datetime import date

import pytest
from flask import render_template_string
from flask_babel import gettext, lazy_gettext, ngettext
from markupsafe import Markup

from obshto.platform.web.formats import day
from obshto.platform.web.language import stop_once


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


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("до 3 май 2026 г.. Дотогава", "до 3 май 2026 г. Дотогава"),
        ("<time>9:00 ч.</time>.", "<time>9:00 ч.</time>"),
        ("Чакайте...", "Чакайте..."),
        ("../x и a..b", "../x и a..b"),
    ],
)
def test_a_sentence_that_ends_with_a_date_has_one_full_stop(text, once):
    assert stop_once(text) == once
    assert isinstance(stop_once(Markup(text)), Markup)


TEXT = "Имате време до %(day)s. После искането остава без разглеждане."


def test_texts_of_pages_and_of_services_stop_once(app):
    asked = date(2026, 5, 3)
    page = (
        "{{ _(text, day=asked | day) }} {{ _(text, day=bold) }}"
        " {{ ngettext(text, text, 2, day=asked | day) }}"
    )
    bold = Markup("<b>3 май 2026 г.</b>")
    with app.test_request_context():
        said = render_template_string(page, text=TEXT, asked=asked, bold=bold)
        told = (gettext(TEXT, day=day(asked)), str(lazy_gettext(TEXT, day=day(asked))))
        counted = ngettext(TEXT, TEXT, 2, day=day(asked))
    assert said.count("г. После") == 2 and "г.</b> После" in said
    assert all("г. После" in text for text in (*told, counted))
