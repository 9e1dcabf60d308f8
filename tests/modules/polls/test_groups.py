"""Who answered, by age and by place: told after the end, and so that nobody is exposed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services import export, paper, polls, questions, report, sheets
from obshto.modules.polls.services.groups import breakdowns_of
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.results import results_of
from obshto.modules.polls.services.tally import Answers, tally_of
from obshto.modules.polls.services.wordings import Wording

DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
SEAT, HAMLET = "00001", "00002"


@pytest.fixture
def asking(opened, uow):
    return opened(uow, asks_about=True)


def over(uow, poll):
    """The same work after the end, and the poll as it was counted."""
    uow.session.expire_all()
    return replace(uow, now=uow.now + timedelta(days=8)), uow.session.get(Poll, poll.id)


def told(uow, poll, language="bg"):
    asked = asked_of(uow, poll.id)
    return breakdowns_of(uow, poll, asked, results_of(uow, poll, asked), language)


def give(uow, poll, answer, *many):
    """Each of `many`: how many people, which option, their age and place."""
    for number, (times, option, age, place) in enumerate(many):
        for one in range(times):
            answer(uow, poll, f"d{number}-{one}", option, age=age, place=place)


def test_groups_are_told_after_the_end_alone(uow, asking, answer, territory):
    give(uow, asking, answer, (12, 1, "65+", SEAT), (12, 2, "65+", SEAT))
    assert told(uow, uow.session.get(Poll, asking.id)) == []
    by_age, by_place = told(*over(uow, asking))
    assert [(group.name, group.answers) for group in by_age.groups] == [("65 и повече години", 24)]
    assert [group.name for group in by_place.groups] == ["град Горно"]
    [question] = by_age.questions
    assert [cells for _, cells in question.lines] == [[12], [12], [None]]


def test_who_was_not_heard_stands_beside_the_census(uow, asking, answer, territory):
    give(uow, asking, answer, (30, 1, "45-64", SEAT), (11, 2, "65+", SEAT))
    by_age, _ = told(*over(uow, asking))
    assert by_age.unheard == ["65 и повече години"]
    shares = {group.name: (group.share, group.of_residents) for group in by_age.groups}
    assert shares["65 и повече години"] == (11 / 41, 0.6)
    assert shares["от 45 до 64 години"] == (30 / 41, 0.2)
    assert str(by_age.day) == "2021-09-07"


def test_a_small_group_is_told_by_nothing_not_even_by_what_is_left(uow, asking, answer, territory):
    give(uow, asking, answer, (30, 1, "65+", SEAT), (14, 2, "45-64", SEAT), (3, 1, "15-29", SEAT))
    by_age, _ = told(*over(uow, asking))
    assert [group.answers for group in by_age.groups] == [30]
    assert by_age.others and (by_age.others.name, by_age.others.answers) == ("всички останали", 17)
    # Of those of 65 nobody chose the second option: that would say something of each of them.
    [question] = by_age.questions
    assert not question.is_told


def test_a_poll_that_does_not_ask_keeps_no_group_and_tells_none(uow, opened, answer, territory):
    poll = opened(uow)
    give(uow, poll, answer, (24, 1, "65+", SEAT))
    later, poll = over(uow, poll)
    counted = tally_of(poll)
    assert (counted.by_age, counted.by_place, told(later, poll)) == ({}, {}, [])


def test_age_and_place_are_counted_apart(uow, asking, answer):
    give(uow, asking, answer, (1, 1, "65+", HAMLET), (1, 2, "", HAMLET), (1, 1, "65+", ""))
    counted, [day] = tally_of(asking), asked_of(uow, asking.id)
    assert [counted.said("by_age", option.id) for option in day.options] == [{"65+": 2}, {}, {}]
    places = [counted.said("by_place", option.id) for option in day.options]
    assert places == [{HAMLET: 1}, {HAMLET: 1}, {}]
    assert counted.said("by_age", asking.id) == {"65+": 2}
    assert counted.said("by_place", asking.id) == {HAMLET: 2}


def test_of_a_question_asked_of_some_nothing_is_told_by_group_or_channel(
    uow, write, answer, territory
):
    """All who said Friday were asked it: what is told of it could be taken from what they said."""
    poll = write(uow, DAY, asks_about=True)
    [day] = asked_of(uow, poll.id)
    friday = Wording(kind="single", title="Колко?", options=("Много", "Малко"))
    only = replace(friday, only_if=frozenset({day.options[0].id}))
    questions.ask_question(uow, poll, only, request_id=uuid4(), expected_version=poll.version)
    polls.open_poll(uow, poll, expected_version=poll.version)
    uow.session.flush()
    for number in range(30):
        answer(uow, poll, f"d{number}", 1, number % 2 + 1, age="65+" if number < 15 else "45-64")
    later, poll = over(uow, poll)
    first, second = results_of(later, poll, asked_of(later, poll.id)).results
    assert second.is_told and all(line.online is None for line in second.lines)
    assert first.lines[0].online == 30
    assert [[one.question.title for one in by.questions] for by in told(later, poll)] == [
        ["Кой ден?"],
        ["Кой ден?"],
    ]


def test_who_is_not_told_of_is_named_with_their_share_of_residents(uow, asking, answer, territory):
    give(uow, asking, answer, (30, 1, "45-64", SEAT), (9, 2, "65+", SEAT))
    by_age, _ = told(*over(uow, asking))
    hidden = dict(by_age.hidden)
    assert hidden["65 и повече години"] == 0.6 and "до 14 години" not in hidden


def test_paper_counts_in_groups_as_well(uow, asking):
    [day] = asked_of(uow, asking.id)
    chosen, answered = frozenset({day.options[0].id}), frozenset({day.question.id})
    given = Answers(options=chosen, questions=answered, age="65+", place=SEAT)
    sheets.enter_sheet(uow, asking, given, number=1, request_id=uuid4())
    counted = tally_of(asking)
    assert counted.said("by_age", asking.id) == {"65+": 1}
    assert counted.said("by_place", asking.id) == {SEAT: 1}


def test_the_table_has_a_column_for_each_group_that_is_told(uow, asking, answer, territory):
    give(uow, asking, answer, (12, 1, "65+", SEAT), (12, 2, "65+", SEAT))
    later, poll = over(uow, asking)
    results = results_of(later, poll, asked_of(later, poll.id))
    groups = told(later, poll)
    head = export.head_of(groups)
    assert head[-2:] == ["По възраст: 65 и повече години", "По населено място: град Горно"]
    rows = list(export.rows_of(results, groups))
    assert [row[1:] for row in rows] == [
        ["", "24", "24", "0", "24", "24"],
        ["Петък", "12", "12", "0", "12", "12"],
        ["Събота", "12", "12", "0", "12", "12"],
        ["Неделя", "0", "0", "0", "", ""],
    ]
    assert all(len(row) == len(head) for row in rows)


def test_the_report_is_an_accessible_pdf_of_the_same_figures(uow, asking, answer, territory):
    give(uow, asking, answer, (12, 1, "65+", SEAT), (12, 2, "65+", SEAT))
    later, poll = over(uow, asking)
    results = results_of(later, poll, asked_of(later, poll.id))
    told_of = report.values_of(later, poll, results, told(later, poll), "bg")
    question, ages, by_age, *_ = told_of["sections"]
    assert question["tables"][0]["rows"][0] == ["Петък", "12", "50\xa0%", "12", "0"]
    assert ages["tables"][0]["rows"][0][:2] == ["65 и повече години", "24"]
    assert by_age["tables"][0]["rows"] == [["Петък", "12"], ["Събота", "12"], ["Неделя", "скрито"]]
    pdf = report.report_of(later, poll, results, told(later, poll), "bg")
    assert pdf.startswith(b"%PDF-") and b"pdfuaid:part" in pdf


def test_below_ten_the_report_tells_nothing(uow, asking, answer):
    give(uow, asking, answer, (9, 1, "65+", SEAT))
    later, poll = over(uow, asking)
    results = results_of(later, poll, asked_of(later, poll.id))
    told_of = report.values_of(later, poll, results, told(later, poll), "bg")
    assert told_of["sections"] == [] and "по-малко от 10" in told_of["intro"][-1]
    assert "9" not in " ".join(told_of["intro"][1:])


def test_the_printed_sheet_asks_the_same_under_the_same_numbers(uow, opened):
    what = Wording(kind="several", title="Какво?", options=("Мед", "Сирене"), is_required=False)
    poll = opened(uow, DAY, what, asks_about=True, intro="Питаме")
    asked, address = asked_of(uow, poll.id), "https://gorno-selo.example/polls/1"
    values = paper.values_of(uow, poll, asked, address=address, language="bg")
    assert [one["options"] for one in values["questions"]] == [
        ["Петък", "Събота", "Неделя"],
        ["Мед", "Сирене"],
    ]
    assert values["questions"][1]["note"] == "Може и няколко отговора"
    assert len(values["about"]["ages"]) == 5 and "<svg" in values["qr"]
    pdf = paper.sheet_as_pdf(uow, poll, asked, address=address, language="bg")
    assert pdf.startswith(b"%PDF-") and b"pdfuaid:part" in pdf


def test_whether_it_asks_is_fixed_when_it_opens(uow, asking):
    draft = replace(polls.draft_of(asking), asks_about=False, title="Друго")
    polls.edit_poll(uow, asking, draft, expected_version=asking.version)
    assert (asking.title, asking.asks_about) == ("Друго", True)
