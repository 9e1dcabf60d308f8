"""Groups of alike texts: by words that are shared whatever their endings, never too many."""

from obshto.platform.search.alike import alike


def test_words_are_met_under_any_ending_and_empty_ones_say_nothing():
    texts = (
        *("Сложете контейнер и в края на селото.", "В края на селото да има контейнери!"),
        *("Автобусът закъснява.", "Не съм съгласен", "не съм  съгласен"),
    )
    first, second = alike(iter(texts), language="bg", most=200)
    assert (first.places, second.places) == ([0, 1], [3, 4])
    assert "контейнер" in first.words


def test_a_wave_of_the_same_words_is_cut_into_groups_that_one_answer_can_take():
    found = alike(["Спрете строежа на площада"] * 450, language="bg", most=200)
    assert [len(group.places) for group in found] == [200, 200, 50]
