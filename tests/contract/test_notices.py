"""What a page says after an act, in each language, as it would stand there."""

import re

import pytest
from flask_babel import force_locale

from obshto.ops.compose import all_components
from obshto.platform.web.language import SOURCE

LETTERS = {"bg": "A-Za-z", "en": "\u0400-\u04ff", "ro": "\u0400-\u04ff"}  # foreign to it
KINDS = re.compile(r"\b(CSV|GTFS|JSON|PDF|PNG|SMS|XML|ZIP|Stripe|WordPress)\b|e-mail")


@pytest.mark.parametrize("language", LETTERS)
def test_each_notice_stands_in_the_language_of_its_page(app, language):
    with app.test_request_context(), force_locale(language):
        said = [str(told) for part in all_components() for told in part.notices.values()]
    foreign = re.compile(f"[{LETTERS[language]}]")
    assert [one for one in said if foreign.search(KINDS.sub("", one))] == []
    assert all(said)


def test_a_notice_is_translated(app):
    def of(language):
        with app.test_request_context(), force_locale(language):
            return {w: str(t) for part in all_components() for w, t in part.notices.items()}

    bulgarian, english = of(SOURCE), of("en")
    assert bulgarian.keys() == english.keys()
    assert not set(bulgarian.values()) & set(english.values())
