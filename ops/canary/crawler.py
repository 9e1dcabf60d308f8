"""Open every page of a municipality as its own staff and as a stranger, and hand over what it said.

Past the network, through the very layers that answer it: hosts, page cache, door, views.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextvars import Context
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from obshto.ops.canary.marks import DIGITS
from obshto.platform.db.control_rows import LEAK_WATCH, LEAK_WATCH_NAME, show_control_rows
from obshto.platform.modularity.registry import Registry
from obshto.platform.scope import Scope
from obshto.platform.unit_of_work import Principal
from obshto.platform.web.hosts import ONLY_LOOKS, Host
from obshto.platform.web.language import OTHERS
from obshto.tenants.people.identity import acting
from obshto.tenants.people.roles import STAFF_ROLES


class Reach(NamedTuple):
    """How far a look goes for each of the two who ask: pages beside the addresses that need nothing
    filled in, pages of one shape.

    Of one that is whole a mark that was seen nowhere is one that nobody would see leak.
    """

    most: int
    of_each: int
    is_whole: bool = False


WHOLE, LIGHT = Reach(900, 4, is_whole=True), Reach(250, 1)
SIGNING = ("sso_front",)  # ways in lead elsewhere
_link = re.compile(r'<a[^>]* href="([^"#]+)"')
_number = re.compile(rf"\d{{{DIGITS}}}")
NOBODYS = "1" + "0" * (DIGITS - 1)
_shape = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
# A page in another language is of its shape; so is one that only keeps where somebody came from.
_same = re.compile(rf"^/(?:{'|'.join(OTHERS)})(?=/)|(?<=[?&])from=[^&]*")


@dataclass(frozen=True, slots=True)
class Answer:
    """What stood at an address, and whether a stranger was told so."""

    address: str
    text: str
    is_public: bool


def watcher(slug: str) -> Principal:
    """Who plants and who looks: nobody, so that what only its owner sees is planted as its own."""
    return Principal(person_id=LEAK_WATCH, name=LEAK_WATCH_NAME, municipality=slug)


def ask_everything(app: Flask, scope: Scope, searches: Sequence[str], reach: Reach) -> list[Answer]:
    """Every page, file, feed and export within reach, as both; the searches besides.

    In a context of its own: what the job at hand holds is not the request's.
    """
    return Context().run(
        lambda: [*_as_staff(app, scope, searches, reach), *_as_stranger(app, scope, reach)]
    )


def ask_the_region(app: Flask, searches: Sequence[str]) -> list[Answer]:
    """The region's own public pages."""
    base = f"{app.config['PREFERRED_URL_SCHEME']}://{app.config['SERVER_NAME']}"
    starts = ["/", *(f"/search?q={quote(words)}" for words in searches)]
    return Context().run(lambda: list(_walk(app, base, starts, Reach(30, 4), is_public=True)))


def _as_staff(app: Flask, scope: Scope, searches: Sequence[str], reach: Reach) -> Iterator[Answer]:
    registry: Registry = app.extensions["obshto"]
    staff = replace(watcher(scope.slug), permissions=registry.words_of(STAFF_ROLES), assurance=2)
    starts = [*_rules(app), *(f"/search?q={quote(words)}" for words in searches)]
    with acting(staff):
        yield from _walk(app, scope.address, starts, reach, is_public=False)


def _as_stranger(app: Flask, scope: Scope, reach: Reach) -> Iterator[Answer]:
    yield from _walk(app, scope.address, _rules(app), reach, is_public=True)


def _rules(app: Flask) -> list[str]:
    """Every address of a municipality that needs nothing to be filled in."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.subdomain == Host.MUNICIPALITY
        and "GET" in (rule.methods or ())
        and rule.arguments == {"municipality"}
        and not rule.endpoint.startswith(SIGNING)
    )


def _walk(
    app: Flask, base: str, starts: Sequence[str], reach: Reach, *, is_public: bool
) -> Iterator[Answer]:
    """From these addresses on along the links, some of each shape."""
    client, waiting, known = app.test_client(), deque(starts), set(starts)
    shapes: Counter[str] = Counter()
    asked, most = 0, len(waiting) + reach.most
    while waiting and asked < most:
        address, asked = waiting.popleft(), asked + 1
        text, is_page = _get(client, base, address)
        text = _without_echo(client, base, address, text)
        yield Answer(address, text, is_public)
        for href in _link.findall(text) if is_page else ():
            found = _own(base, address, href.replace("&amp;", "&"))
            shape = _shape.sub("…", _same.sub("", found or ""))
            if found and found not in known and shapes[shape] < reach.of_each:
                known.add(found)
                shapes[shape] += 1
                waiting.append(found)


def _get(client: FlaskClient, base: str, address: str) -> tuple[str, bool]:
    looks = {"base_url": base, "environ_overrides": {ONLY_LOOKS: True}}
    with show_control_rows(), client.get(address, **looks) as answer:
        is_page = answer.mimetype == "text/html"
        return (answer.get_data(as_text=False).decode("utf-8", "replace"), is_page)


def _without_echo(client: FlaskClient, base: str, address: str, text: str) -> str:
    """A page repeats what it was asked for. What it says of nobody's number too is no answer."""
    for number in _number.findall(address):
        other, _is_page = _get(client, base, address.replace(number, NOBODYS))
        if text.count(number) <= other.count(NOBODYS):
            text = text.replace(number, "")
    return text


def _own(base: str, address: str, href: str) -> str | None:
    """The path of a link on the same host; none that leads elsewhere, or out."""
    there = urlsplit(urljoin(f"{base}{address}", href))
    if f"{there.scheme}://{there.netloc}" != base or "/sign-" in there.path:
        return None
    return there._replace(scheme="", netloc="", fragment="").geturl()
