"""A browser without scripts, over real HTTP: cookies by host, forms as they stand on the page."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool


class _Here(HTTPConnection):
    """Every name below localhost is this machine, as it is to a browser."""

    def _new_conn(self):
        name, self._dns_host = self._dns_host, "127.0.0.1"
        try:
            return super()._new_conn()
        finally:
            self._dns_host = name  # it is what the Host header says


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Here


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *arguments, **more):
        super().init_poolmanager(*arguments, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool}


class _Jar(RequestsCookieJar):
    """Browsers send Secure cookies to localhost without TLS, too."""

    def set_cookie(self, cookie, *arguments, **more):
        cookie.secure = False
        return super().set_cookie(cookie, *arguments, **more)


@dataclass
class Form:
    """A form with the fields that it holds, and its buttons by their text."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.forms = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        if not self.forms or not given.get("name"):
            return
        if tag == "button":
            self.forms[-1].buttons.append((given["name"], given.get("value", "")))
        elif tag == "input" and given.get("type") not in ("checkbox", "radio", "submit"):
            self.forms[-1].fields[given["name"]] = given.get("value", "")


class Surfer:
    """Somebody with a browser: goes places, presses buttons, is led from host to host."""

    def __init__(self):
        self.http = requests.Session()
        self.http.cookies = _Jar()
        self.http.trust_env = False
        self.http.mount("http://", _Adapter())
        self.page = None

    def get(self, url, **more):
        """Open an address and go where it leads."""
        self.page = self.http.get(url, timeout=120, **more)
        return self.page

    def post(self, url, fields, **more):
        """Send a form of the page's own site, as a modern browser does."""
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": _origin(url)}
        self.page = self.http.post(url, fields, headers=headers, timeout=120, **more)
        return self.page

    def follow(self, part):
        """Press the link whose address holds `part`."""
        found = re.search(rf'href="([^"]*{re.escape(part)}[^"]*)"', self.page.text)
        assert found, f"no link with {part} on {self.page.url}: {self.page.text[-1500:]}"
        return self.get(urljoin(self.page.url, unescape(found[1])))

    def form(self, part="", holding=None):
        """The form of the page whose action holds `part`, or that has a field; else None."""
        forms = _Forms(self.page.text).forms
        fits = (f for f in forms if part in f.action and (holding is None or holding in f.fields))
        return next(fits, None)

    def submit(self, part="", *, follow=True, holding=None, **values):
        """Fill in a form of the page and send it."""
        form = self.form(part, holding)
        assert form, f"no form with {part or holding} on {self.page.url}: {self.page.text[-1500:]}"
        url = urljoin(self.page.url, form.action or self.page.url)
        return self.post(url, {**form.fields, **values}, allow_redirects=follow)

    def cookie(self, name, host):
        """The value of a cookie of a host, or None."""
        name_there = host if "." in host else f"{host}.local"
        found = [c for c in self.http.cookies if c.name == name and c.domain in (host, name_there)]
        return found[0].value if found else None


def _origin(url):
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
