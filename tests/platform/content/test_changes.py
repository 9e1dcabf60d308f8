"""What was changed in a text is shown by words, and nothing of either text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.platform.content.changes import MOST_WORDS, Change, changes

texts = st.text(alphabet="аб \n.", max_size=60)


def read(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(texts, texts)
def test_both_texts_can_be_read_back(before, after):
    pieces = changes(before, after)
    assert (read(pieces, "same", "gone"), read(pieces, "same", "new")) == (before, after)


def test_an_equal_text_has_no_changes():
    assert changes("Едно.\nДве.", "Едно.\nДве.") == [Change("same", "Едно.\nДве.")]


@pytest.mark.parametrize(("before", "after"), [("", "Ново"), ("Старо", ""), ("", "")])
def test_what_came_and_what_went_whole(before, after):
    expected = [Change("gone", before), Change("new", after)]
    assert changes(before, after) == [piece for piece in expected if piece.text]


def test_inside_a_line_only_the_words_differ():
    assert changes("Вода\nот 9:00 ч.\n", "Вода\nот 10:00 ч.\n") == [
        Change("same", "Вода\nот "),
        Change("gone", "9:00 "),
        Change("new", "10:00 "),
        Change("same", "ч.\n"),
    ]


def test_a_passage_too_long_to_compare_is_shown_as_replaced_whole():
    before, after = ("а " * (MOST_WORDS + 1)), ("б " * (MOST_WORDS + 1))
    assert changes(before, after) == [Change("gone", before), Change("new", after)]


@pytest.mark.parametrize("apart", ["\n", " "])
def test_one_word_that_stands_everywhere_does_not_hold_the_house_up(apart):
    before, after = f"а{apart}" * 15_000, f"а{apart}б{apart}" * 7_500
    assert changes(before, f"б{after}")[0] == Change("gone", before)


def test_what_is_alike_before_and_after_a_change_is_never_too_long():
    many = "ред\n" * 10_000
    assert changes(f"{many}едно\n{many}", f"{many}две\n{many}") == [
        Change("same", many),
        Change("gone", "едно\n"),
        Change("new", "две\n"),
        Change("same", many),
    ]
