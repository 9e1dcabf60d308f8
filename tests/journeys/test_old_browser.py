"""A browser that never says where a form comes from, played by a plain HTTP client."""

from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
TYPED = {
    "title": "Водата спира „утре“ & други",
    "summary": "За <един> ден,\nне повече",
    "markdown": "## Ред\n\nВтори ред",
}


class Page(HTMLParser):
    """An answer with the hidden fields of its last form."""

    def __init__(self, answer):
        super().__init__()
        self.status, self.headers = answer.status, answer.headers
        self.text = answer.read().decode()
        self.fields = {}
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.fields = {}
        elif tag == "input" and given.get("type") == "hidden":
            self.fields[given["name"]] = given.get("value", "")


class OldBrowser:
    """Keeps cookies, follows nothing by itself."""

    def __init__(self, base):
        self.host = urlsplit(base).netloc
        self.cookies = {}

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        return self.ask("POST", path, urlencode(fields))

    def ask(self, method, path, body=None):
        headers = {"Host": self.host, "Content-Type": "application/x-www-form-urlencoded"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", int(self.host.rpartition(":")[2]))
        connection.request(method, path, body, headers)
        page = Page(connection.getresponse())
        connection.close()
        for cookie in page.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return page


@pytest.fixture
def old(site):
    site.fill(VILLAGE)
    return OldBrowser(site.at(VILLAGE))


def test_the_form_comes_back_once_with_everything_that_was_typed(old):
    choice = {"next": "/console/news/new", "level": "2"}
    back = old.post("/sign-in", choice)
    assert back.status == 403
    assert "no-store" in back.headers["Cache-Control"]
    assert back.fields.items() >= choice.items()
    entered = old.post("/sign-in", back.fields)
    assert entered.status == 303
    assert "next=%2Fconsole%2Fnews%2Fnew" in entered.headers["Location"]


def test_somebody_signed_in_finishes_a_form_that_lost_its_token(old, site):
    enter(old, site)
    form = old.get("/console/news/new")
    back = old.post("/console/news/new", {"request_id": form.fields["request_id"], **TYPED})
    assert back.status == 403
    assert back.fields.items() >= TYPED.items()
    done = old.post("/console/news/new", back.fields)
    assert done.status == 303
    assert "Водата спира „утре“ &amp; други" in old.get(done.headers["Location"]).text


def test_a_form_with_its_token_is_not_asked_for_twice(old, site):
    enter(old, site)
    form = old.get("/console/news/new")
    assert old.post("/console/news/new", {**form.fields, **TYPED}).status == 303


def enter(old, site):
    old.cookies["session"] = site.token(VILLAGE, Role.EDITOR)
