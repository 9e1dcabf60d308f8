"""Words for officials that were found clumsy do not come back."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ROOMS = ("platform", "tenants", "modules", "billing", "sso", "ops")
CLUMSY = {
    r"\bнеща(та)?\b": "права, стъпки, записи",
    r"\d\)?s нещо\b": "право, стъпка",
    r"[Кк]ой по колко": "Натовареност на служителите",
    r"отговаря за портала": "администратор на портала",
    r"Какво пречи на хората": "Сигнали за достъпност",
    r"Книгата е равна": "Книгата е балансирана",
    r"Върнете въвеждането": "Отменете въвеждането",
    r"Вземания от хората": "Вземания от граждани и фирми",
}


def said():
    """Everything that people read, as the catalogues keep it."""
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
    assert found == [], f"say: {CLUMSY[pattern]}"


def test_the_catalogues_are_read():
    assert sum(1 for _ in said()) > 3000
