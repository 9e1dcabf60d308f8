"""A person without a browser: cookies, forms, codes of an authenticator."""

import base64
import hashlib
import hmac
import json
import secrets
import struct
import time
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import html5lib
import requests
from jwcrypto.jwk import JWKSet
from jwcrypto.jwt import JWT

SCOPE = "openid profile email organization:*"
XHTML = "{http://www.w3.org/1999/xhtml}"


class Arrival:
    """The browser was sent back to the house, with these words in the address."""

    def __init__(self, url):
        self.url = url
        parts = urlsplit(url)
        self.said = dict(parse_qsl(parts.query or parts.fragment))

    def __repr__(self):
        return f"Arrival({self.url})"


class Page:
    """What the provider shows."""

    def __init__(self, walker, answer):
        self.walker, self.status, self.url, self.html = (
            walker,
            answer.status_code,
            answer.url,
            answer.text,
        )
        self.tree = html5lib.parse(self.html)

    def __repr__(self):
        return f"Page({self.status}, {self.url}, {self.words()[:400]!r})"

    def elements(self, name):
        return self.tree.iter(XHTML + name)

    def words(self):
        for gone in ("script", "style", "head"):
            for element in list(self.elements(gone)):
                element.text = None
        return " ".join(" ".join(self.tree.itertext()).split())

    @property
    def language(self):
        return self.tree.get("lang")

    def form(self, has=None):
        """The first form; the first with a field of this name when one is given."""
        for form in self.elements("form"):
            fields = {
                field.get("name"): field.get("value", "")
                for kind in ("input", "button", "select", "textarea")
                for field in form.iter(XHTML + kind)
                if field.get("name") and field.get("type") not in ("submit", "checkbox", "button")
            }
            if has is None or has in fields:
                return form, fields
        raise AssertionError(f"no form with {has} in {self!r}")

    def fields(self):
        return set(self.form()[1])

    def send(self, **filled):
        """Fill the form that has the first of these fields, send it, look at what comes."""
        form, fields = self.form(next(iter(filled), None))
        address = urljoin(self.url, form.get("action") or self.url)
        return self.walker.go(address, data={**fields, **filled})

    def follow(self, part):
        """Follow the link whose address has this part; the last, for languages come first."""
        for link in reversed(list(self.elements("a"))):
            if part in link.get("href", ""):
                return self.walker.go(urljoin(self.url, link.get("href")))
        raise AssertionError(f"no link with {part} in {self!r}")


class Walker:
    """One browser of one person: what the provider remembers of it are its cookies."""

    def __init__(self, issuer, client_id, client_secret, redirect_uri):
        self.issuer, self.client = issuer, (client_id, client_secret)
        self.redirect_uri = redirect_uri
        self.house = "{0.scheme}://{0.netloc}".format(urlsplit(redirect_uri))
        self.session = requests.Session()
        self.meta = self.session.get(f"{issuer}/.well-known/openid-configuration").json()

    def go(self, url, **kw):
        """The page at the end of the redirects, or the arrival at the house."""
        answer = self._once("POST" if "data" in kw else "GET", url, **kw)
        while answer.is_redirect:
            url = urljoin(answer.url, answer.headers["Location"])
            if url.startswith(self.house):
                return Arrival(url)
            answer = self._once("GET", url)
        return Page(self, answer)

    def _once(self, method, url, **kw):
        answer = self.session.request(method, url, allow_redirects=False, **kw)
        for cookie in self.session.cookies:
            cookie.secure = False  # browsers send Secure cookies to localhost without TLS, too
        return answer

    def ask(self, **more):
        """Come to the provider as the house sends people there."""
        return self.go(self.address(**more))

    def address(self, **more):
        """Where the house sends people; a word of None is left out."""
        self.verifier, self.state = secrets.token_urlsafe(48), secrets.token_urlsafe(8)
        digest = hashlib.sha256(self.verifier.encode()).digest()
        words = {
            "client_id": self.client[0],
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": SCOPE,
            "state": self.state,
            "nonce": secrets.token_urlsafe(8),
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            **more,
        }
        words = {name: value for name, value in words.items() if value is not None}
        return f"{self.meta['authorization_endpoint']}?{urlencode(words)}"

    arrival = staticmethod(Arrival)

    def redeem(self, arrival, **more):
        """The answer of the token endpoint, as it is."""
        return self.session.post(
            self.meta["token_endpoint"],
            auth=self.client,
            data={
                "grant_type": "authorization_code",
                "code": arrival.said["code"],
                "redirect_uri": self.redirect_uri,
                "code_verifier": self.verifier,
                **more,
            },
        )

    def tokens(self, arrival):
        answer = self.redeem(arrival)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def claims(self, arrival):
        """What the ID token says, its signature checked. The token stays in `id_token`."""
        self.id_token = self.tokens(arrival)["id_token"]
        return self.read(self.id_token)

    def read(self, token):
        keys = JWKSet.from_json(self.session.get(self.meta["jwks_uri"]).text)
        return json.loads(JWT(jwt=token, key=keys, algs=["RS256"]).claims)

    def sign_in(self, email, password, **more):
        """The whole way with a password alone; the claims."""
        return self.claims(self.ask(**more).send(username=email, password=password))


class Authenticator:
    """The application on a phone that shows six figures (RFC 6238)."""

    STEP = 30

    def __init__(self, key):
        self.key = key.encode()
        self.used = 0

    def code(self):
        """A code never shown before; waits for the next one when it must."""
        # One step ahead is accepted, so that a test seldom waits.
        step = max(int(time.time()) // self.STEP, self.used + 1)
        while step > int(time.time()) // self.STEP + 1:
            time.sleep(0.5)
        self.used = step
        mac = hmac.digest(self.key, struct.pack(">Q", step), "sha1")
        start = mac[-1] & 0x0F
        number = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"
