"""Test clients: a browser without a screen, signed in or not, that fills in forms."""

from io import BytesIO

from flask.testing import FlaskClient
from lxml import etree

from obshto.platform.web.csrf import csrf_token


class Visitor(FlaskClient):
    """Lets go of what it has sent: a large body lies in a temporary file."""

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        answer.request.input_stream.close()
        return answer


def visitor(app):
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


class SignedIn:
    """A browser of somebody signed in: sends the cookie, and the token with each write."""

    def __init__(self, app, slug, base, token, person_id):
        self.app, self.slug, self.base, self.person_id = app, slug, base, person_id
        self.client, self.tokens = visitor(app), {}
        self.client.set_cookie("session", token, domain=f"{slug}.localhost")
        self._again = (app, slug, base, token, person_id)

    def again(self):
        """The same session in a browser that has not been anywhere."""
        return SignedIn(*self._again)

    def get(self, path, **kw):
        return self.client.get(path, base_url=kw.pop("base_url", self.base), **kw)

    def post(self, path, data=None, **kw):
        base = kw.pop("base_url", self.base)
        data = {"csrf_token": self.form_token(), **(data or {})}
        data = {name: _sent(value) for name, value in data.items()}
        return self.client.post(path, data=data, base_url=base, **kw)

    def patch(self, path, *, headers, **kw):
        """A write of a script: its token stands in a header."""
        told = {"X-CSRF-Token": self.form_token(), **headers}
        return self.client.patch(path, base_url=self.base, headers=told, **kw)

    def forms(self, path):
        """(address, fields) of each form of a page that writes, filled in as the page shows it."""
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return self.forms_in(page.text, path)

    def forms_in(self, html, path=""):
        """The same of a page that is at hand."""
        return [(action or path, fields) for action, fields in Forms(html).found]

    def press(self, path, to="", **typed):
        """Open a page, fill in its form and send it; `to` is how the form's address ends."""
        [(address, fields)] = [
            form
            for form in self.forms(path)
            if form[0].endswith(to or path) and not form[0].endswith("/sign-out")
        ]
        return self.post(address, fields | typed)

    def form_token(self):
        """What each form of this session carries; another session has another."""
        session = self.client.get_cookie("session", domain=f"{self.slug}.localhost")
        key = session.value if session else ""
        if key not in self.tokens:
            # As a page would show it; to make one for this alone is dear.
            told = {"base_url": self.base, "headers": {"Cookie": f"session={key}"}}
            with self.app.app_context(), self.app.test_request_context(**told):
                self.tokens[key] = csrf_token()
        return self.tokens[key]


class Chosen(str):
    """In the place of a file: where a form asks for one, this small text is sent."""


def _sent(value):
    return (BytesIO("Опит.\n".encode()), "опит.txt") if isinstance(value, Chosen) else value


class Forms:
    """The forms of a page that write: where each goes, what a browser would send of it."""

    def __init__(self, html):
        page = etree.fromstring(html, etree.HTMLParser()) if html.strip() else None
        writing = () if page is None else page.iterfind(".//form[@method='post']")
        self.found = [(form.get("action"), _fields_of(form)) for form in writing]


def _fields_of(form):
    fields = {}
    for one in form.iter("input", "textarea"):
        name, kind = one.get("name"), one.get("type")
        if name is None:
            continue
        if one.tag == "textarea":
            fields[name] = one.text or ""
        elif kind == "file":
            fields[name] = Chosen()
        elif kind not in ("submit", "checkbox", "radio"):
            fields[name] = one.get("value", "")
        elif kind != "submit" and one.get("checked") is not None:
            fields[name] = one.get("value", "on")
    return fields


class Operator:
    """A browser of a specialist, signed in on the operations host."""

    def __init__(self, client, base):
        self.client, self.base = client, base

    def get(self, path):
        """The page, without the marks where long words may break."""
        answer = self.client.get(path, base_url=self.base)
        if answer.mimetype == "text/html":
            answer.set_data(answer.get_data().replace(b"<wbr>", b""))
        return answer

    def send(self, path, to="", **typed):
        """The form of that page with these fields; `to` is how its address ends."""
        forms = [(address or path, fields) for address, fields in Forms(self.get(path).text).found]
        address, fields = next(
            form for form in forms if form[0].endswith(to) and not form[0].endswith("/sign-out")
        )
        return self.client.post(address, data=fields | typed, base_url=self.base)
