"""Templates import what they draw."""

import re
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
ROOMS = ("platform", "tenants", "modules", "billing", "sso", "ops")
READER = Environment(extensions=["jinja2.ext.i18n"])
TEMPLATES = [
    path
    for room in ROOMS
    for path in (ROOT / room).rglob("templates/**/*.*")
    if path.suffix in (".html", ".txt", ".xml") and "node_modules" not in path.parts
]


def unused(source):
    """Names that a template imports and does not use: each import costs when the page is made."""
    tree = READER.parse(source)
    names = [name for found in tree.find_all(nodes.FromImport) for name in found.names]
    imported = {name if isinstance(name, str) else name[1] for name in names}
    return imported - {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}


def test_no_template_imports_what_it_does_not_use():
    found = {str(path.relative_to(ROOT)): unused(path.read_text("utf-8")) for path in TEMPLATES}
    assert {path: names for path, names in found.items() if names} == {}


def test_what_is_not_used_is_found():
    page = '{% from "a.html" import b, c as d %}{% from "e.html" import f with context %}{{ b() }}'
    assert unused(page) == {"d", "f"}
    assert len(TEMPLATES) > 300


DATE = r"(?:\b(?:on_day|at_moment)\([^{}]*|\| *(?:day|moment|clock|month|short_day)\b[^{}]*)"
STOPPED = re.compile(DATE + r"\}\}(?:</\w+>)*\.(?![\w.])")


def test_no_full_stop_follows_a_date_which_has_one_in_bulgarian():
    """Within a text of the catalogue, or through `stop_once`, there is one."""
    found = {str(path.relative_to(ROOT)): STOPPED.findall(path.read_text()) for path in TEMPLATES}
    assert {path: dates for path, dates in found.items() if dates} == {}
    doubled = (
        "{{ on_day(row.at) }}.",
        "{{ row.at | moment }}</b>.",
        "{{ _('x', day=on_day(a)) }}.",
    )
    assert all(map(STOPPED.search, doubled))
