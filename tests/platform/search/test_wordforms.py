"""Words meet in whatever letters and form they are typed."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.platform.modularity.manifest import PublicEntry
from obshto.platform.search.index_rows import row_of
from obshto.platform.search.query_parser import understand
from obshto.platform.search.script import readings, skeleton
from obshto.platform.search.spelling import best, grams_of, near, slips_between
from obshto.platform.search.wordforms import asked_forms, forms


def meets(asked, kept, page="bg", language="bg"):
    return bool(set(asked_forms(asked, page)) & set(forms(kept, language)))


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("данъците", "данък"),
        ("наследници", "наследник"),
        ("обявления", "обявление"),
        ("центрове", "център"),
        ("гробищните", "гробищен"),
        ("хората", "човек"),
        ("козите", "коза"),
        ("ушни", "ушна"),
        ("такси", "такса"),
        ("ДАНЪЦИ", "данък"),
    ],
)
def test_forms_of_a_word_meet(asked, kept):
    assert meets(asked, kept) and meets(kept, asked)


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("път", "pat put pyt"),
        ("пътя", "patya pytq putia"),
        ("улица", "ulitsa ulica ulitza"),
        ("жълт", "zhalt jult julti jylti"),
        ("училище", "uchilishte u4ilishte u4ili6te uchili6te"),
        ("къща", "kashta kushta kyshta ky6ta"),
        ("юли", "yuli iuli juli"),
        ("яйца", "yaytsa qica iaitza yajca"),
        ("район", "rayon raion rajon"),
        ("храна", "hrana xrana khrana"),
        ("вход", "vhod whod vxod"),
        ("схема", "shema"),
        ("изход", "izhod"),
        ("детски", "detski"),
        ("Ружинци", "Ruzhintsi rujinci ruvinci"),
        ("асансьор", "asansyor asansior asansjor"),
        ("София", "sofia sofiya sofiq"),
    ],
)
def test_latin_by_the_law_and_by_habit_meets_cyrillic(kept, typed):
    assert [word for word in typed.split() if not meets(word, kept)] == []


def test_a_name_is_the_same_in_both_scripts():
    assert skeleton("Белоградчик") == skeleton("Belogradchik") == "belogradchik"
    assert meets("Белоградчик", "Belogradchik", language="en")


@pytest.mark.parametrize(
    ("asked", "kept"), [("път", "пита"), ("метро", "метра"), ("ток", "такса"), ("вода", "водещ")]
)
def test_words_that_only_look_alike_do_not_meet(asked, kept):
    assert not meets(asked, kept)


@pytest.mark.parametrize("word", ["за", "na", "КАК", "the"])
def test_a_word_that_everybody_writes_is_not_asked_for(word):
    assert asked_forms(word, "en" if word == "the" else "bg") == ()


def test_numbers_are_numbers():
    assert list(readings("2026")) == [] and forms("2026", "bg") == ("2026", "=2026")
    assert not meets("4", "ч")


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("", "", 0), ("vod", "vod", 0), ("vod", "vdo", 1), ("vod", "vd", 1), ("koncerd", "koncert", 1)]
    + [("a", "xyz", 3)],
)
def test_slips_are_counted(one, other, slips):
    assert slips_between(one, other) == slips_between(other, one) == slips


@given(st.text("бвгдзклмнпрст", min_size=6, max_size=12), st.data())
def test_after_one_slip_anywhere_some_half_of_the_word_is_whole(word, data):
    """Letters that are read one by one and have no ending, so that the slip is the only change."""
    place = data.draw(st.integers(0, len(word) - 1))
    slip = f"{word[:place]}ф{word[place + 1 :]}"
    if len(skeleton(word)) < 6 or skeleton(word)[-2:] == "ts" or len(skeleton(slip)) < 6:
        return
    if len(skeleton(word)) == len(skeleton(slip)):  # no two equal neighbours came or went
        ways = [set(way.strip("()").split(" & ")) for way in near(slip).split(" | ")]
        assert any(way <= grams_of(word, "bg") for way in ways)
        assert best(slip, [(word, "bg")]) == word


@given(st.text(max_size=300))
def test_any_text_can_be_asked_and_kept(text):
    question = understand(text, "bg")
    sql = question.whole
    assert "\x00" not in sql and "\\" not in sql
    assert sql.count("'") % 2 == 0 and sql.count("(") == sql.count(")")
    for word in text.split():
        assert all(form.lstrip("=").isalnum() for form in asked_forms(word, "en") if form)


def test_invisible_signs_are_not_kept():
    entry = PublicEntry(
        object_id=uuid4(),
        kind="news",
        title="Во\u00adда\u200b",
        path="/",
        published_at=datetime.now(UTC),
        language="bg",
        text=" Един\n\nред ",
    )
    row = row_of(entry, "kula")
    assert row["title"] == "Вода" and row["text"] == "Един ред"
    assert "'voda'" in row["tokens"] and "'kula'" in row["tokens"]
