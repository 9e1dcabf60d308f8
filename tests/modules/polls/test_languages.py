"""Each word on a page of polls says in which language it is, so that it is read out rightly."""

import re
from html.parser import HTMLParser
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.modules.polls.services import pictures, polls
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.questions import ask_question
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота"))
WHAT = Wording(kind="several", title="Какво?", options=("Мед", "Сирене"), is_required=False)
MORE = Wording(kind="text", title="Още нещо?", is_required=False)
EMPTY = {"input", "img", "br", "hr", "meta", "link", "source", "wbr"}
CYRILLIC, LATIN = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[A-Za-z]")


class Words(HTMLParser):
    """What stands in the main part, text and `alt`, each with its language."""

    def __init__(self, html):
        super().__init__()
        self.open, self.found = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        above = self.open[-1] if self.open else (None, None, False)
        here = (tag, told.get("lang", above[1]), above[2] or tag == "main")
        if here[2] and told.get("alt"):
            self.found.append((here[1], told["alt"]))
        if tag not in EMPTY:
            self.open.append(here)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open and self.open[-1][2] and self.open[-1][0] != "textarea" and data.strip():
            self.found.append((self.open[-1][1], data.strip()))


@pytest.fixture
def asked(uow_in, write):
    """The id of a poll with a picture, a question that follows from another, a free text."""
    with uow_in(VILLAGE) as uow:
        poll = write(uow, DAY, intro="Питаме", asks_about=True)
        first = asked_of(uow, poll.id)[0]
        stream = BytesIO()
        Image.new("RGB", (400, 300)).save(stream, "PNG")
        stream.seek(0)
        told = {"name": "x.png", "alt_text": "Дърво", "words": {"en": "A tree", "ro": "Un copac"}}
        told |= {"option": first.options[0], "request_id": uuid4()}
        pictures.add_picture(uow, poll, first, stream, **told)
        follows = Wording(
            kind="single",
            title="Кога?",
            options=("Сутрин", "Вечер"),
            only_if=frozenset({first.options[1].id}),
        )
        for wording in (follows, WHAT, MORE):
            ask_question(uow, poll, wording, request_id=uuid4(), expected_version=poll.version)
        polls.open_poll(uow, poll, expected_version=poll.version)
        uow.commit()
        return poll.id


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("page", ["", "/questions", "/paper", "/sheets", "/preview"])
def test_only_what_staff_wrote_is_marked_as_bulgarian(asked, sign_in, territory, page, language):
    editor = sign_in(VILLAGE, Role.EDITOR)
    answer = editor.get(f"/{language}/console/polls/{asked}{page}")
    assert answer.status_code == 200
    words = Words(answer.text).found
    assert any(own == "bg" for own, _ in words)
    assert [text for own, text in words if own == "bg" and LATIN.search(text)] == []
    # The town has no Romanian name: what has none is told in Latin letters.
    assert [text for own, text in words if own == language and CYRILLIC.search(text)] == []


@pytest.mark.parametrize("language", ["en", "ro"])
def test_an_error_in_a_sheet_is_told_in_the_clerks_language(asked, sign_in, language):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    page = f"/{language}/console/polls/{asked}/sheets"
    name = re.search(r'name="(q[0-9a-f]{32})"', clerk.get(page).text)[1]
    answer = clerk.press(page, **{"number": "1", name: "7"})
    assert answer.status_code == 422
    words = Words(answer.text).found
    assert [text for own, text in words if own == "bg" and LATIN.search(text)] == []
    assert any(own == language and "7" in text for own, text in words)
