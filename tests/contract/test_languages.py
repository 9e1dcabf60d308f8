"""A page in English or Romanian holds no Cyrillic that does not say that it is Bulgarian."""

import re
from html.parser import HTMLParser

import pytest

VILLAGE = "gorno-selo"
VOID = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "wbr",
        "area",
        "base",
        "col",
        "embed",
        "track",
    ]
)
SPOKEN = ("alt", "aria-label", "placeholder", "title", "content", "data-none")
PATHS = (
    "/",
    "/contact",
    "/privacy",
    "/go/services/",
    "/go/participation/",
    "/go/life/",
    "/go/municipality/",
    "/go/help/",
    "/eservices/",
    "/eservices/?for=build",
    "/eservices/1998",
    "/eservices/2079",
    "/eservices/2072",
    "/notices/",
    "/places/",
    "/polls/",
    "/news/",
    "/pages/",
    "/payments/",
    "/accessibility/",
)
_cyrillic = re.compile(r"[А-Яа-я]").search


class Reader(HTMLParser):
    """Collects what is said in Cyrillic where the nearest `lang` is not Bulgarian."""

    def __init__(self):
        super().__init__()
        self.languages = [("", "")]
        self.foreign = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1][1]
        if language != "bg":
            said = [given[name] for name in SPOKEN if given.get(name)]
            self.foreign += [words for words in said if _cyrillic(words)]
        if tag not in VOID:
            self.languages.append((tag, language))

    def handle_endtag(self, tag):
        while len(self.languages) > 1 and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tag, language = self.languages[-1]
        if language != "bg" and tag not in ("script", "style") and _cyrillic(data):
            self.foreign.append(data.strip())


def foreign_in(page):
    reader = Reader()
    reader.feed(page)
    return reader.foreign


@pytest.mark.parametrize("language", ["en", "ro"])
def test_pages_of_another_language_hold_no_cyrillic_of_their_own(seeded, client, at, language):
    for path in PATHS:
        answer = client.get(f"/{language}{path}", base_url=at(VILLAGE))
        assert answer.status_code == 200, path
        assert foreign_in(answer.text) == [], path


def test_what_is_marked_as_bulgarian_is_not_taken_for_a_slip():
    page = '<html lang="ro"><p>Da <b lang="bg">Да</b><br>не</p><img alt="Къща"></html>'
    assert foreign_in(page) == ["не", "Къща"]
