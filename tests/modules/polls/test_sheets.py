"""Paper: counted by the rules of polls, typed in once, from sheets that bear a mark."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from obshto.modules.polls.errors import (
    FormUsed,
    NothingAnswered,
    OneOption,
    OptionUnclear,
    SheetEntered,
)
from obshto.modules.polls.models import Poll
from obshto.modules.polls.services import (
    paper,
    questions,
    sheets,
)
from obshto.modules.polls.services.export import rows_of
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.results import results_of
from obshto.modules.polls.services.tally import Answers
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.clock import SOFIA

DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
WHAT = Wording(kind="several", title="Какво?", options=("Мед", "Сирене"), is_required=False)
MARK = Wording(kind="scale", title="Колко?", is_required=False)


def told(uow):
    return [fact.name.removeprefix("polls:") for fact in uow.facts]


def numbers(uow, poll):
    """How often each option of the first question was chosen, as it may be told now."""
    uow.session.expire_all()
    results = results_of(uow, uow.session.get(Poll, poll.id), asked_of(uow, poll.id))
    return [line.total for line in results.results[0].lines] if results.is_told else None


def later(uow, **ahead):
    return replace(uow, now=uow.now + timedelta(**ahead))


def test_paper_is_counted_by_the_same_rules_and_shown_apart(uow, opened, answer):
    poll = opened(uow, DAY, WHAT)
    for number in range(12):
        answer(uow, poll, f"{number}", 1, 1)
    for number in range(1, 12):
        asked = asked_of(uow, poll.id)
        chosen = sheets.chosen_in(asked[0], "2") | sheets.chosen_in(asked[1], "1 2")
        given = Answers(options=chosen, questions=frozenset(o.question.id for o in asked))
        sheets.enter_sheet(uow, poll, given, number=number, request_id=uuid4())
    uow.session.expire_all()
    results = results_of(later(uow, days=8), poll, asked_of(uow, poll.id))
    assert (results.online, results.paper) == (12, 11)
    day, what = results.results
    assert [line.total for line in day.lines] == [12, 11, 0]
    assert [(line.online, line.paper) for line in day.lines] == [(None, None)] * 3
    assert [(line.online, line.paper) for line in what.lines] == [(None, None)] * 2
    everybody, friday, *_ = rows_of(results, [])
    assert everybody == ["Отговорили", "", "23", "12", "11"]
    assert friday == ["Кой ден?", "Петък", "12", "", ""]


@pytest.fixture
def sheet(uow):
    """sheet(poll, 7): enter that sheet, with the first answer; the same request id or a new one."""

    def enter(poll, number, request_id=None):
        [day] = asked_of(uow, poll.id)
        chosen, answered = frozenset({day.options[0].id}), frozenset({day.question.id})
        given = Answers(options=chosen, questions=answered)
        request_id = request_id or uuid4()
        return sheets.enter_sheet(uow, poll, given, number=number, request_id=request_id)

    return enter


def test_no_sheet_is_entered_twice(uow, opened, sheet):
    poll, request_id = opened(uow), uuid4()
    assert sheet(poll, 7, request_id) is True
    assert sheet(poll, 7, request_id) is False  # sent twice
    with pytest.raises(SheetEntered):
        sheet(poll, 7)
    with pytest.raises(FormUsed, match="7"):
        sheet(poll, 8, request_id)  # back, and the next sheet typed into the same form
    assert poll.paper == 1
    assert told(uow).count("sheet.counted") == 1


def test_an_empty_sheet_is_not_counted_and_its_number_stays_free(uow, opened, sheet):
    poll = opened(uow)
    with pytest.raises(NothingAnswered):
        sheets.enter_sheet(uow, poll, Answers(), number=7, request_id=uuid4())
    assert sheet(poll, 7) and poll.paper == 1


def test_two_clerks_type_two_batches(uow, opened, sheet):
    poll = opened(uow)
    for number in (1, 2, 101, 3):
        sheet(poll, number)
    numbers = sheets.entered(uow, poll)
    assert sheets.next_number(numbers, after=3) == 4
    assert sheets.next_number(numbers, after=101) == 102
    assert sheets.next_number(numbers, after=2) == 102  # the third is there already
    assert (sheets.next_number([]), sheets.next_number([2])) == (1, 1)
    assert sheets.missing(numbers) == [(4, 100)] and sheets.missing([]) == []


def test_a_sheet_bears_a_mark_that_changes_with_the_questions(uow, opened):
    poll = opened(uow)
    [asked] = asked_of(uow, poll.id)
    mark = sheets.mark_of([asked])
    assert mark == sheets.mark_of(asked_of(uow, poll.id))
    other = replace(DAY, options=("Неделя", "Петък", "Събота"))
    questions.edit_question(uow, poll, asked, other, expected_version=poll.version)
    uow.session.flush()
    assert sheets.mark_of(asked_of(uow, poll.id)) != mark


@pytest.mark.parametrize(
    ("begins", "ends", "last"),
    [
        ("2026-11-20", "2026-12-04T15:00", "2026-12-03"),
        ("2026-11-20", "2026-12-07T15:00", "2026-12-04"),  # a Monday
        ("2026-12-04", "2026-12-04T15:00", "2026-12-04"),  # it lasts a day
    ],
)
def test_sheets_are_brought_early_enough_to_be_entered(uow, write, begins, ends, last):
    poll = write(uow)
    poll.opens_at = datetime.fromisoformat(begins).replace(tzinfo=SOFIA)
    poll.closes_at = datetime.fromisoformat(ends).replace(tzinfo=SOFIA)
    assert str(paper.bring_by(poll)) == last


def test_numbers_on_a_sheet_are_those_of_the_options(uow, opened):
    day, what, _ = asked_of(uow, opened(uow, DAY, WHAT, MARK).id)
    assert sheets.chosen_in(day, " 3 ") == {day.options[2].id}
    assert sheets.chosen_in(what, "1, 2") == {option.id for option in what.options}
    assert sheets.chosen_in(day, "") == frozenset()
    for typed in ("4", "0", "x", "-1", "1a", "²", "9999999"):
        with pytest.raises(OptionUnclear):
            sheets.chosen_in(day, typed)
    with pytest.raises(OneOption):
        sheets.chosen_in(day, "1 2")
