"""What the rows of all acts of a procedure of law tell alike."""

import pytest

from obshto.modules.assembly.services.states import ASSEMBLY_WORDS
from obshto.platform.legal.procedures import act_row

ROW = {
    "id": "open",
    "sources": ["announced"],
    "to": "open",
    "who": "caller",
    "fact": "changed",
    "article": "",
    "told": {"bg": "Откри го", "en": "Opened it", "ro": "A deschis"},
}


@pytest.fixture
def read(app):
    """read(…): the row with more keys, each of its words in Bulgarian."""

    def told(**more):
        words = {key: {"bg": said, "en": said, "ro": said} for key, said in more.items()}
        with app.test_request_context():
            found = act_row(ROW | words, ASSEMBLY_WORDS)
            return [str(found[key]) for key in ("button", "hint", "words")]

    return told


def test_a_row_says_button_hint_and_words(read):
    assert read(button="Открийте", hint="В залата", words="Какво реши") == [
        "Открийте",
        "В залата",
        "Какво реши",
    ]


def test_a_row_without_button_and_hint_says_what_is_told_and_asks_for_no_words(read):
    assert read() == ["Откри го", "Откри го", ""]


def test_its_way_leads_where_the_row_says():
    way = act_row(ROW, ASSEMBLY_WORDS)["way"]
    assert (way.name, way.sources, way.to) == ("open", ("announced",), "open")
    assert act_row(ROW, ASSEMBLY_WORDS)["has_button"]
    assert not act_row(ROW | {"has_button": False}, ASSEMBLY_WORDS)["has_button"]
