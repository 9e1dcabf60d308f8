"""Who is not signed in is led to sign in and back: no page shows, no form loses what was typed."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from lxml.html import fromstring
from support.browsing import Forms
from support.contract import ONLY

from obshto.platform.web.access import Open, goes_on_when_read_only
from obshto.platform.web.hosts import Host
from obshto.tenants.api import end_session

VILLAGE = "gorno-selo"
LABELS = {Host.MUNICIPALITY: VILLAGE, Host.OPS: "ops"}
WORDS = 'Написаното: „да“ <b>"и"</b>\nна два реда'
NAMES = {"language": "en", "page": "1", "which": "document"}


def guarded(app, method):
    """Rules for who is signed in, each with an address that it matches."""
    return ruled(app, method, lambda who: who not in (Open.TO_ALL, Open.TO_MACHINES))


def ruled(app, method, such):
    entries = app.extensions["obshto"].entries
    for rule in app.url_map.iter_rules():
        is_asked = not ONLY or rule.endpoint.startswith(f"{ONLY}_")
        is_known = rule.endpoint in entries and method in rule.methods
        if is_asked and is_known and such(entries[rule.endpoint].access.who):
            yield rule, address_of(app, rule)


def address_of(app, rule):
    """An address that the rule matches: ids of nothing, else a word that it knows."""
    given = {"municipality": VILLAGE}
    for name, converter in rule._converters.items():
        if name not in given:
            given[name] = value_for(name, converter)
    return rule.build(given)[1]


def value_for(name, converter):
    kind = type(converter).__name__
    if kind == "UUIDConverter":
        return uuid4()
    if kind == "AnyConverter":
        return sorted(converter.items)[0]
    return 1 if kind == "IntegerConverter" else NAMES.get(name, "x")


@pytest.fixture(params=["never signed in", "session over"])
def stranger(request, app, client, everything_on, sign_in):
    """A browser without a session, or one that still carries the cookie of one that ended."""
    if request.param == "session over":
        cookie = sign_in(VILLAGE).client.get_cookie("session", domain=f"{VILLAGE}.localhost")
        with app.app_context():
            end_session(cookie.value)
        for label in LABELS.values():
            client.set_cookie("session", cookie.value, domain=f"{label}.localhost")
    return client


def test_every_page_of_who_is_signed_in_leads_to_sign_in_and_back(app, stranger, at):
    found = list(guarded(app, "GET"))
    assert ONLY or len(found) > 300
    for rule, path in found:
        answer = stranger.get(f"{path}?x=1", base_url=at(LABELS[rule.subdomain]))
        assert answer.status_code == 302, (path, answer.status_code)
        there = urlsplit(answer.location)
        assert there.path == "/sign-in", path
        assert parse_qs(there.query)["next"] == [f"{path}?x=1"]


@pytest.mark.usefixtures("everything_on")
def test_every_form_of_who_is_signed_in_is_given_back_with_what_was_typed(app, client, at):
    """The browser let go of the cookie; `test_forms` ends the session under one that is kept."""
    found = list(guarded(app, "POST"))
    assert ONLY or len(found) > 300
    for rule, path in found:
        typed = {"words": WORDS, "many": ["1", "2"], "file": (BytesIO(b"x"), "план.pdf")}
        is_given_back(client.post(path, data=typed, base_url=at(LABELS[rule.subdomain])), path)


@pytest.fixture(params=["a cookie that is worth nothing", "no cookie"])
def left(request, app, everything_on, sign_in):
    """A citizen whose session ended over an open form, with the token that its page was given."""
    person = sign_in(VILLAGE)
    [(_, drawn), *_] = person.forms("/")
    with app.app_context():
        end_session(person.client.get_cookie("session", domain=f"{VILLAGE}.localhost").value)
    if request.param == "no cookie":
        person.client.delete_cookie("session", domain=f"{VILLAGE}.localhost")
    return person.client, drawn["csrf_token"]


def test_an_open_form_of_somebody_signed_in_is_not_taken_for_a_strangers(app, left, at):
    """Drafts, polls, reports, proposals: it would stand under nobody's name, or be lost."""
    client, token = left
    views = app.view_functions
    open_rules = ruled(app, "POST", lambda who: who is Open.TO_ALL)
    found = [it for it in open_rules if not goes_on_when_read_only(views[it[0].endpoint])]
    assert ONLY or len(found) > 90
    for _, path in found:
        typed = {"words": WORDS, "many": ["1", "2"], "file": (BytesIO(b"x"), "план.pdf")}
        answer = client.post(path, data=typed | {"csrf_token": token}, base_url=at(VILLAGE))
        is_given_back(answer, path)


@pytest.mark.skipif(bool(ONLY), reason="asked of one form of the platform")
def test_what_came_back_may_be_sent_as_a_strangers_after_all(left, at, owner):
    """Whoever cannot sign in again presses once more, and knows why."""
    client, token = left
    typed = {"words": WORDS, "request_id": str(uuid4()), "csrf_token": token}
    came = client.post("/accessibility/tell", data=typed, base_url=at(VILLAGE))
    [(_, fields)] = [form for form in Forms(came.text).found if "words" in form[1]]
    sent = client.post("/accessibility/tell", data=fields, base_url=at(VILLAGE))
    assert sent.status_code == 303
    assert owner("select count(*) from t_gorno_selo.accessibility_barrier") == [(1,)]


def is_given_back(answer, path):
    assert answer.status_code == 403, (path, answer.status_code)
    page = fromstring(answer.text)
    assert page.xpath('//a[starts-with(@href, "/sign-in?next=/")]'), path
    assert page.xpath('//main//input[@name="words"]/@value') == [WORDS], path
    assert page.xpath('//main//input[@name="many"]/@value') == ["1", "2"], path
    assert page.xpath('//main//input[@name="file"]/@type') == ["file"], path
    assert "план.pdf" in answer.text, path


def of_an_account(app):
    """Open pages whose address names a thing by its code, or by its id in somebody's account."""
    for rule, _ in ruled(app, "GET", lambda who: who is Open.TO_ALL):
        if "ref" in rule.arguments and LABELS.get(rule.subdomain) == VILLAGE:
            given = {name: value_for(name, it) for name, it in rule._converters.items()}
            yield rule.build(given | {"municipality": VILLAGE, "ref": str(uuid4())})[1]


def test_an_address_in_somebodys_account_leads_to_sign_in_and_back(app, stranger, at):
    """Letters lead there; whether there is such a thing is said to nobody."""
    found = list(of_an_account(app))
    assert ONLY or len(found) > 30
    for path in found:
        answer = stranger.get(f"{path}?x=1", base_url=at(VILLAGE))
        assert answer.status_code == 302, (path, answer.status_code)
        there = urlsplit(answer.location)
        assert (there.path, parse_qs(there.query)["next"]) == ("/sign-in", [f"{path}?x=1"]), path
