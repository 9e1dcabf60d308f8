"""Words for officials that were found clumsy do not come back."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ROOMS = ("platform", "tenants", "modules", "billing", "sso", "ops")
GLOSSARY = ROOT / "docs" / "glossary.md"


def clumsy():
    """(A pattern of what is not said, what is) of each row of the glossary's last table."""
    _, _, table = GLOSSARY.read_text("utf-8").partition("| not | say |\n")
    for row in table.splitlines()[1:]:
        _, words, better, _ = (cell.strip() for cell in row.split("|"))
        for one in words.split(", "):
            end = "" if one.endswith("…") else r"(?!\w)"
            yield rf"(?<!\w){re.escape(one.rstrip('… '))}{end}", better


CLUMSY = dict(clumsy())
TO_MEND = "Следва да се има предвид, че почистването"  # a draft that the language check is tried on


def written(value):
    """Texts of a JSON document; what stands under „before“ is bad on purpose."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from written(one) if name != "before" else ()
    elif isinstance(value, list):
        for one in value:
            yield from written(one)


def said():
    """Everything that people read, as the catalogues and the data of each part keep it; forms of
    the state say it in their own words."""
    for room in ROOMS:
        for path in (ROOT / room).rglob("data/*.json"):
            if "eservices" not in path.parts:
                document = json.loads(path.read_text("utf-8"))
                yield from ((path.relative_to(ROOT), words) for words in written(document))
    for room in ROOMS:
        for path in (ROOT / room).rglob("translations/en/LC_MESSAGES/messages.po"):
            with path.open("rb") as file:
                catalogue = read_po(file)
            for message in catalogue:
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                yield from ((path.relative_to(ROOT), words) for words in ids if words)


@pytest.mark.parametrize("pattern", CLUMSY)
def test_a_clumsy_word_does_not_come_back(pattern):
    found = [(path, words) for path, words in said() if re.search(pattern, words)]
    found = [(path, words) for path, words in found if not words.startswith(TO_MEND)]
    assert found == [], f"say: {CLUMSY[pattern]}"


def test_the_catalogues_and_the_glossary_are_read():
    assert len(CLUMSY) >= 11
    for words in ("Кой по колко", "Неща", "още две неща"):
        assert any(re.search(pattern, words) for pattern in CLUMSY), words
    assert not any(re.search(pattern, "Записът следва датата") for pattern in CLUMSY)
    assert sum(1 for _ in said()) > 3000
