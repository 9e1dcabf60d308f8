"""Generator of requests: forms and pages that a walk found, with values that no page would send.

One seed, one order: what failed is found again. Half of the requests are of somebody who may
everything, the others of one role, of a citizen, of nobody.
"""

import random
from io import BytesIO
from urllib.parse import urlsplit
from uuid import uuid4

LONG = "Дълго " * 20_000  # 220 KB
TEXTS = (
    *("", " ", "\x00", "а\x00б", "\r\n", "\u202eобратно", "\ufeff", "e\u0301" * 50, "👩‍👩‍👧" * 20),
    *("-1", "0", "1e309", "NaN", "Infinity", "9" * 400, "1,5", "1.5", "٣", "½", "0x10", "1_000"),
    *(
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "2026-03-29T03:30",
        "25:61",
        "24:00",
    ),
    *("<script>alert(1)</script>", "'; DROP TABLE x; --", "{{7*7}}", "%s%n", "${x}", "..//../etc"),
    *("{}", "[]", "null", '{"a": [', "#" * 300, "[x](javascript:1)", "=1+1", "http://", "//a.b"),
    *("а@б.вг", "a@b", "@", "0888123456", "+359", "7501010010", "0000000000", LONG),
)
FILES = (b"", b"\x00" * 100, b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", "а;б\n1".encode())
NAMES = ("a.pdf", "a.docx", "a.png", "a.csv", "", "../../a", "а" * 300, "a\x00.txt")
# Whoever sends it is out, or the part is off for all who come after.
LASTING = ("/sign-out", "/sign-out-everywhere", "/console/tenants/modules")


class Generator:
    """Makes requests over `forms`, (page, address, fields), and `pages`, from the seed."""

    def __init__(self, forms, pages, seed):
        self.chance = random.Random(seed)
        self.forms = [form for form in forms if not form[1].startswith(LASTING[2])]
        self.forms = [form for form in self.forms if not form[1].endswith(LASTING[:2])]
        self.pages = sorted(pages)

    def requests(self, number, roles):
        """(role, method, address, data) as many times; data of a page is its query."""
        for n in range(number):
            role = roles[0] if n % 2 else self.chance.choice(roles)
            if n % 5:
                _, address, fields = self.chance.choice(self.forms)
                yield role, "POST", address, self.changed(fields)
            else:
                page = self.chance.choice(self.pages)
                yield role, "GET", urlsplit(page).path, self.query(page)

    def changed(self, fields):
        """The fields with one to three of them spoilt, once in eight all; a new form each time."""
        spoilt = dict(fields)
        if "request_id" in spoilt:
            spoilt["request_id"] = str(uuid4())
        names = [name for name in spoilt if name != "csrf_token"]
        many = len(names) if self.chance.random() < 0.125 else min(len(names), 3)
        for name in self.chance.sample(names, self.chance.randint(min(1, many), many)):
            spoil = self.chance.choice((self.text, self.text, self.list, self.file, None))
            if spoil is None:
                del spoilt[name]
            else:
                spoilt[name] = spoil()
        return spoilt

    def query(self, page):
        """What the page was asked with, spoilt, and what many pages are asked with."""
        asked = [part.partition("=")[0] for part in urlsplit(page).query.split("&") if part]
        names = [*asked, "q", "page", "kind", "on", "from", "to", "sort", "state", "x"]
        chosen = self.chance.sample(names, self.chance.randint(1, 3))
        return {name: self.text()[:2_000] for name in {*asked, *chosen}}

    def text(self):
        return self.chance.choice(TEXTS)

    def list(self):
        return [self.text() for _ in range(self.chance.randint(2, 5))]

    def file(self):
        return (BytesIO(self.chance.choice(FILES)), self.chance.choice(NAMES))
