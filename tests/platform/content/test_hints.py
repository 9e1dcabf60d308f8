"""Hints find what people stumble over, and leave plain text alone."""

import pytest

from obshto.platform.content.hints import LONG, MOST, hints_of, sentences_of
from obshto.platform.content.markdown import LONGEST

PLAIN = """## Кога идва сметопочистването

Извозваме боклука в понеделник, в 7:30 ч. Оставете кофата пред вратата от вечерта.

- Хартия: сряда
- Стъкло: [график за стъклото](/pages/1)

![Три кофи пред къща](/pages/files/1)

Обадете се на тел. 0938 12 345 или елате на ул. Възраждане № 38, гр. Кула.
"""


def kinds(text):
    return [hint.kind for hint in hints_of(text)]


def test_plain_text_is_left_alone():
    assert hints_of(PLAIN) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (" ".join(["дума"] * (LONG + 1)) + ".", "long"),
        ("Следва да платите таксата.", "office"),
        ("Плащането се извършва на гише.", "office"),
        ("Считано от 1 май.", "office"),
        ("Вижте [тук](/pages/1).", "link"),
        ("[Повече](/pages/1)", "link"),
        ("![](https://a.example/x.png)", "picture"),
        ("ВНИМАНИЕ", "loud"),
        ("Елате!!", "loud"),
    ],
)
def test_what_people_stumble_over_is_found(text, kind):
    assert kinds(text) == [kind]


def test_a_word_of_the_office_is_shown_with_what_people_say():
    [hint] = hints_of("Посредством касата.")
    assert (hint.quoted, hint.instead) == ("Посредством", "с")


def test_part_of_a_word_is_no_word():
    assert hints_of("Неотносното и съгласността.") == []


def test_a_sentence_does_not_end_at_a_short_word():
    assert sentences_of("Елате на ул. Ботев в гр. Кула. Чакаме Ви.") == [
        "Елате на ул. Ботев в гр. Кула.",
        "Чакаме Ви.",
    ]


def test_points_of_a_list_are_sentences_of_their_own():
    assert sentences_of("Донесете:\n- лична карта\n- скица") == [
        "Донесете:",
        "лична карта",
        "скица",
    ]


def test_nobody_is_shown_more_than_can_be_read():
    many = " ".join(f"Следва да елате в {n}." for n in range(3)) + "\n\n" + "ВНИМАНИЕ. " * 50
    assert len(hints_of(many)) <= MOST
    assert len(hints_of("\n\n".join(f"[тук](/{n}) ГЛАСНО{'А' * n}" for n in range(50)))) == MOST


@pytest.mark.parametrize("piece", ["![", "[а](", "[", "Елате на ул. "])
def test_no_text_that_an_editor_may_save_holds_the_house_up(piece):
    assert len(hints_of(piece * (LONGEST // len(piece)))) <= MOST
