"""What a developer sees of a page: its statements, and where it broke."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event
from werkzeug.test import Client

from obshto.ops import development
from obshto.ops.config import ConfigError
from obshto.ops.development import PAGE, develop


@pytest.fixture
def developed(house, config):
    yield develop(config)
    event.remove(Engine, "before_cursor_execute", development._begin)
    event.remove(Engine, "after_cursor_execute", development._end)


@pytest.fixture
def browser(developed):
    return Client(developed)


def test_a_page_says_how_many_statements_it_took_and_the_list_shows_them(browser, config):
    page = browser.get("/news/", base_url=config.address("gorno-selo"))
    assert page.status_code == 200
    count = int(re.match(r'sql;desc="(\d+) statements";dur=', page.headers["Server-Timing"])[1])
    told = browser.get(PAGE, base_url=config.address()).text
    head, *statements = told.split("\n\n")[0].splitlines()
    assert head.startswith(f"GET gorno-selo.{config.base_host}/news/: {count} statements")
    assert len(statements) == count > 0
    assert any("news_item" in statement for statement in statements)


def test_no_page_is_kept_because_its_template_may_change(browser, config):
    def asked():
        page = browser.get("/news/", base_url=config.address("gorno-selo"))
        return page.headers["Server-Timing"].partition(";dur")[0]

    browser.get("/news/", base_url=config.address("gorno-selo"))  # what a process reads but once
    assert asked() == asked() != 'sql;desc="0 statements"'


def test_a_fault_opens_in_the_debugger(developed, config, monkeypatch):
    def broken(environ, start):
        raise LookupError("the page broke here")

    monkeypatch.setattr(developed.app, "_app", broken)
    page = Client(developed).get("/news/", base_url=config.address("gorno-selo"))
    assert page.status_code == 500
    assert "the page broke here" in page.text
    assert "Werkzeug Debugger" in page.text


def test_production_refuses_the_debugger(config):
    with pytest.raises(ConfigError, match="debugger"):
        develop(replace(config, environment="production"))
