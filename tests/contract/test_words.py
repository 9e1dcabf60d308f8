"""Everything that is said to people is said in three languages, as the house speaks."""

import shutil
from pathlib import Path

import pytest

from obshto.ops.i18n import ROOT, check

ROMANIAN = "modules/news/translations/ro/LC_MESSAGES/messages.po"
ENGLISH = "modules/news/translations/en/LC_MESSAGES/messages.po"
NEIGHBOUR = "sso/translations/en/LC_MESSAGES/messages.po"
CODE = "modules/news/jobs.py"
PAGE = "modules/news/templates/index.html"
DRAFT = 'msgid "Чернова"\nmsgstr "Draft"\n'


@pytest.fixture
def corner(tmp_path):
    """Two parts of the house, as they are; what is compiled comes and goes while tests run."""
    compiled = shutil.ignore_patterns("*.mo", "__pycache__")
    for part in ("modules/news", "sso"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=compiled)
    return tmp_path


def test_nothing_is_left_to_say():
    assert check() == []


def test_nothing_is_left_to_say_in_the_corner(corner):
    """So that what is found after a fault was planted is that fault."""
    assert check(corner) == []


def swap(corner: Path, name: str, old: str, new: str) -> None:
    text = (corner / name).read_text("utf-8")
    assert old in text
    (corner / name).write_text(text.replace(old, new, 1), "utf-8")


def draft(told: str) -> str:
    return DRAFT.replace('"Draft"', f'"{told}"')


@pytest.mark.parametrize(
    ("fault", "name", "old", "new"),
    [
        ("news en: untranslated: Чернова", ENGLISH, DRAFT, draft("")),
        ("news en: untranslated: %(num)s чернова", ENGLISH, '"%(num)s drafts of news items"', '""'),
        ("news ro: untranslated: %(num)s чернова", ROMANIAN, '"%(num)s de ciorne de știri"', '""'),
        ("news en: fuzzy: Чернова", ENGLISH, DRAFT, "#, fuzzy\n" + DRAFT),
        ("news en: obsolete: Чернова", ENGLISH, DRAFT, "#~ " + DRAFT.replace("\nm", "\n#~ m")),
        ("news en: obsolete: Черновка", ENGLISH, DRAFT, DRAFT + "\n" + DRAFT.replace('а"', 'ка"')),
        ("news ro: stray: Чернова", ROMANIAN, 'msgid "Чернова"', 'msgid "Черновка"'),
        ("news: loud: Ура!", CODE, "JOBS =", '_("Ура!")\nJOBS ='),
        ("news: latin: Нов workflow", CODE, "JOBS =", '_("Нов workflow")\nJOBS ='),
        ("news: small letter: Писмо за вас", CODE, "JOBS =", '_("Писмо за вас")\nJOBS ='),
        ("news: office: Следва да", CODE, "JOBS =", '_("Следва да изчакате")\nJOBS ='),
        ("news: quotes: Община «Кула»", CODE, "JOBS =", '_("Община «Кула»")\nJOBS ='),
        ("news en: stray: Ново", CODE, "JOBS =", '_("Ново")\nJOBS ='),
        ("news ro: stray: Ново", PAGE, "<h1>", "<h1>{{ _('Ново') }}"),
        ("index.html: unmarked: <h1>Ново", PAGE, "<h1>", "<h1>Ново "),
        ("news ro: placeholders: Да изтрием", ROMANIAN, "Ștergem „%(title)s", "Ștergem „%(titlu)s"),
        ("news ro: placeholders: Да изтрием", ROMANIAN, "Ștergem „%(title)s”", "Ștergem"),
        ("news ro: placeholders: Да изтрием", ROMANIAN, "Ștergem „", "Ștergem 100 % „"),
        ("news en: cyrillic: Чернова", ENGLISH, DRAFT, draft("Dr\u0430ft")),
        ("news en: equal: Чернова", ENGLISH, DRAFT, draft("Чернова")),
        ("news ro: cedilla: Изтрити", ROMANIAN, '"Șterse"', '"\u015eterse"'),
        ("news ro: quotes: Да изтрием", ROMANIAN, "Ștergem „%(title)s”", "Ștergem „%(title)s“"),
        ("news en: loud: Чернова", ENGLISH, DRAFT, draft("Draft!")),
        ("news ro: plurals: nplurals=3", ROMANIAN, "n%100 < 20", "n%100 < 19"),
    ],
)
def test_a_planted_fault_is_found(corner, fault, name, old, new):
    swap(corner, name, old, new)
    assert [line for line in check(corner) if fault in line]


def test_two_parts_may_not_translate_one_string_differently(corner):
    swap(corner, "sso/component.py", "COMPONENT =", '_("Чернова")\nCOMPONENT =')
    for language, told in (("en", "Sketch"), ("ro", "Ciornă")):
        path = corner / f"sso/translations/{language}/LC_MESSAGES/messages.po"
        path.write_text(path.read_text("utf-8") + "\n" + draft(told), "utf-8")
    assert check(corner) == ["en: told twice: Чернова"]


def test_a_catalogue_of_which_nothing_is_said_is_found(corner):
    (corner / PAGE).parent.rename(corner / "templates")
    for code in (corner / "modules/news").rglob("*.py"):
        code.write_text("", "utf-8")
    assert sorted(check(corner)) == [
        f"{name}: obsolete: nobody says this" for name in (ENGLISH, ROMANIAN)
    ]
