"""Scores follow how we ranked thirty notices, and the rules find what they say they find.

The notices are ours: ten subjects, each written for people, as an office that tries writes, and as
offices write. So is their order; no readers were asked.
"""

import json
from pathlib import Path
from statistics import correlation

import pytest

from obshto.platform.content.hints import hints_of
from obshto.platform.content.readability import Grade, is_bulgarian, lix, read_text
from obshto.platform.content.style_rules import simpler_words

NOTICES = json.loads((Path(__file__).parent / "data" / "notices.json").read_text("utf-8"))
RANKS = {"good": 3, "fair": 2, "bad": 1}


def mean_ranks(values):
    """Of equal values the mean of their places (Spearman with ties)."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) - 1) / 2 for value in values]


def test_scores_stand_in_the_order_in_which_we_ranked_thirty_notices():
    ranked = [(RANKS[name], read_text(one[name]).score) for one in NOTICES for name in RANKS]
    assert len(ranked) == 30
    ours, scores = zip(*ranked, strict=True)
    assert correlation(mean_ranks(ours), mean_ranks(scores)) > 0.85


@pytest.mark.parametrize("one", NOTICES, ids=lambda one: one["topic"])
def test_a_notice_gains_points_each_time_it_is_written_more_plainly(one):
    bad, fair, good = (read_text(one[name]) for name in ("bad", "fair", "good"))
    assert bad.score < fair.score < good.score
    assert (good.grade, bad.grade) == (Grade.PLAIN, Grade.HARD)
    assert not good.hints and bad.hints


def test_lix_is_words_in_a_sentence_and_long_words_in_a_hundred():
    words = ["дума"] * 8 + ["изречение"] * 2
    assert lix(2, words) == 10 / 2 + 100 * 2 / 10


def test_a_text_of_a_few_words_has_no_score():
    few = read_text("Няма вода.")
    assert (few.score, few.grade, few.words, few.sentences) == (None, None, 2, 1)


def test_a_score_never_leaves_its_scale():
    assert read_text("Ела тук. " * 30).score == 100
    assert read_text("осъществяването посредством извършването " * 300).score == 0


@pytest.mark.parametrize(
    ("text", "kind", "quoted"),
    [
        ("Удостоверението се издава за три дни.", "passive", "се издава"),
        ("Приемат се на гише.", "passive", "Приемат се"),
        ("Проектът беше приет от съвета.", "passive", "беше приет"),
        ("Пътят се вижда отдалеч.", None, None),
        ("Обадете се на МДТ.", "short", "МДТ"),
        ("Единен граждански номер (ЕГН). После ЕГН.", None, None),
        ("Носете ЕГН – десет цифри.", None, None),
        ("НЕ паркирайте.", None, None),
        ("Не се допуска влизане.", "office", "Не се допуска"),
    ],
)
def test_wording_is_found_as_it_stands(text, kind, quoted):
    found = [(hint.kind, hint.quoted) for hint in hints_of(text)]
    assert (kind, quoted) in found if kind else not found


def test_an_abbreviation_is_told_once_with_its_words():
    [hint] = hints_of("Носете ЕГН. Напишете ЕГН.")
    assert (hint.quoted, hint.instead) == ("ЕГН", "единен граждански номер (ЕГН)")


@pytest.mark.parametrize(
    ("summary", "kinds"),
    [
        (None, []),
        ("", ["no-summary"]),
        ("Едно. Две. Три.", []),
        ("Едно. Две. Три. Четири.", ["summary"]),
    ],
)
def test_a_summary_of_up_to_three_sentences_is_asked_for(summary, kinds):
    assert [hint.kind for hint in read_text("Елате утре.", summary=summary).hints] == kinds


def test_the_list_has_eighty_pairs_and_none_twice():
    phrases = [phrase for phrase, _simpler in simpler_words()]
    assert len(phrases) == len(set(phrases)) >= 80


def test_only_a_bulgarian_text_is_judged():
    assert is_bulgarian("Елате на гише Plovdiv") and not is_bulgarian("Come to the desk")
