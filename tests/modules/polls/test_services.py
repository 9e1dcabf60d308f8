"""What polls promise, asked of the services."""

from dataclasses import fields, replace
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import OperationalError

from obshto.modules.polls.errors import (
    AnsweredAlready,
    AnsweredHere,
    AskedAnew,
    ClosedMeanwhile,
    ClosesTooEarly,
    NoSuchPoll,
    NothingAnswered,
    NothingAsked,
    NotOpen,
    NotOver,
    NotUnderWay,
    PollChanged,
    PollNotLonger,
    SignInFirst,
)
from obshto.modules.polls.events import EVENTS
from obshto.modules.polls.models import Option, Poll
from obshto.modules.polls.services import (
    deadlines,
    polls,
    queries,
    questions,
    sheets,
)
from obshto.modules.polls.services.ballots import answer_poll, names_of
from obshto.modules.polls.services.export import rows_of
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.results import results_of, texts_of
from obshto.modules.polls.services.states import State, state_of
from obshto.modules.polls.services.tally import Answers
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
WHAT = Wording(kind="several", title="Какво?", options=("Мед", "Сирене"), is_required=False)
MARK = Wording(kind="scale", title="Колко?", is_required=False)
MORE = Wording(kind="text", title="Още нещо?", is_required=False)


def told(uow):
    return [fact.name.removeprefix("polls:") for fact in uow.facts]


def numbers(uow, poll):
    """How often each option of the first question was chosen, as it may be told now."""
    uow.session.expire_all()
    results = results_of(uow, uow.session.get(Poll, poll.id), asked_of(uow, poll.id))
    return [line.total for line in results.results[0].lines] if results.is_told else None


def later(uow, **ahead):
    return replace(uow, now=uow.now + timedelta(**ahead))


def test_a_draft_is_seen_by_nobody_until_it_is_opened(uow, write):
    poll = write(uow)
    with pytest.raises(NoSuchPoll):
        queries.public_poll(uow, poll.id)
    polls.open_poll(uow, poll, expected_version=poll.version)
    assert queries.public_poll(uow, poll.id) is poll
    assert state_of(poll, uow.now) == State.OPEN


def test_without_a_question_or_after_its_end_nothing_is_opened(uow, write):
    poll = polls.write_poll(uow, polls.draft_of(write(uow)), request_id=uuid4())
    with pytest.raises(NothingAsked):
        polls.open_poll(uow, poll, expected_version=poll.version)
    questions.ask_question(uow, poll, DAY, request_id=uuid4(), expected_version=poll.version)
    with pytest.raises(ClosesTooEarly):
        polls.open_poll(later(uow, days=8), poll, expected_version=poll.version)


def test_a_poll_with_a_beginning_is_planned_until_then(uow, opened, answer):
    poll = opened(uow, opens_at=uow.now + timedelta(days=1))
    assert state_of(poll, uow.now) == State.PLANNED
    with pytest.raises(NotOpen):
        answer(uow, poll, "a", 1)
    answer(later(uow, days=1), poll, "a", 1)


def test_the_same_request_twice_is_one_poll_and_one_question(uow, write):
    request_id, poll = uuid4(), write(uow)
    draft = polls.draft_of(poll)
    pair = [polls.write_poll(uow, draft, request_id=request_id) for _ in range(2)]
    assert pair[0].id == pair[1].id
    form = {"request_id": request_id, "expected_version": poll.version}
    asked = [questions.ask_question(uow, poll, WHAT, **form) for _ in range(2)]
    assert asked[0].id == asked[1].id
    assert [one.question.title for one in asked_of(uow, poll.id)] == ["Кой ден?", "Какво?"]


def test_an_answer_is_counted_once_for_each_device_and_each_person(uow, opened, answer):
    poll = opened(uow)
    known = replace(uow, principal=Principal(person_id=uuid4()))
    answer(uow, poll, "a", 1)
    answer(known, poll, "", 2)
    for who, token in ((uow, "a"), (known, ""), (known, "b"), (known, "a")):
        with pytest.raises(AnsweredAlready):
            answer(who, poll, token, 3)
    assert poll.online == 2


def test_who_answered_signed_in_does_not_answer_again_signed_out(uow, opened, answer):
    poll = opened(uow)
    answer(replace(uow, principal=Principal(person_id=uuid4())), poll, "a", 1)
    with pytest.raises(AnsweredHere):
        answer(uow, poll, "a", 2)


def test_people_who_share_a_device_answer_each_for_themselves(uow, opened, answer):
    """The library's computer: the first does not sign in, two others do."""
    poll = opened(uow)
    answer(uow, poll, "a", 1)
    for _ in range(2):
        answer(replace(uow, principal=Principal(person_id=uuid4())), poll, "a", 2)
    assert poll.online == 3


def test_an_empty_answer_is_none_and_leaves_the_chance(uow, opened, answer):
    poll = opened(uow, WHAT, MORE)
    with pytest.raises(NothingAnswered):
        answer(uow, poll, "a", None)
    answer(uow, poll, "a", 1)
    assert poll.online == 1


def test_where_one_must_sign_in_a_device_is_not_enough(uow, opened, answer):
    poll = opened(uow, who="signed-in")
    with pytest.raises(SignInFirst):
        answer(uow, poll, "a", 1)
    answer(replace(uow, principal=Principal(person_id=uuid4())), poll, "", 1)


def test_sixteen_at_once_give_one_answer_each(uow_in, opened, answer, owner, counted):
    with uow_in(VILLAGE) as uow:
        poll_id = opened(uow, DAY, WHAT, MARK, MORE).id
        uow.commit()
    together, failed = Barrier(16), []

    def vote(number):
        with uow_in(VILLAGE) as mine:
            together.wait(120)
            poll = queries.public_poll(mine, poll_id)
            try:
                # Half of them are one device twice: two windows of one browser.
                device = f"device {number % 12}"
                answer(mine, poll, device, number % 3 + 1, 1, 5, said=f"text {number}")
                mine.commit()
            except AnsweredAlready:
                failed.append(number)

    threads = [Thread(target=vote, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(failed) == 4
    assert owner("select online, paper from t_gorno_selo.polls_poll") == [(12, 0)]
    chosen = counted(poll_id)
    assert chosen["Мед"] == (12, 0)
    assert sum(chosen[day][0] for day in DAY.options) == 12
    assert owner("select count(*) from t_gorno_selo.polls_said") == [(12,)]
    assert owner("select count(*) from t_gorno_selo.polls_participation") == [(12,)]


def test_the_first_answer_to_what_is_asked_no_more_is_not_counted(uow_in, opened, answer, counted):
    with uow_in(VILLAGE) as editor:
        poll_id = opened(editor).id
        editor.commit()
    with uow_in(VILLAGE) as citizen, uow_in(VILLAGE) as editor:
        seen = queries.public_poll(citizen, poll_id)
        chosen = asked_of(citizen, poll_id)[0]
        given = Answers(
            options=frozenset({chosen.options[0].id}), questions=frozenset({chosen.question.id})
        )
        poll = queries.poll_of(editor, poll_id, to_change=True)
        [asked] = asked_of(editor, poll_id)
        other = replace(DAY, options=("Понеделник", "Вторник"))
        questions.edit_question(editor, poll, asked, other, expected_version=poll.version)
        editor.commit()
        with pytest.raises(AskedAnew):
            answer_poll(
                citizen,
                seen,
                given,
                names=names_of(seen, person_id=None, token="a"),
            )
        assert [o.label for o in asked_of(citizen, poll_id)[0].options] == ["Понеделник", "Вторник"]
        answer(citizen, seen, "a", 2)
        citizen.commit()
    assert counted(poll_id) == {"Понеделник": (0, 0), "Вторник": (1, 0)}


def test_an_answer_cut_off_before_its_commit_is_none_and_its_repeat_is_one(
    uow_in, opened, answer, owner, server
):
    with uow_in(VILLAGE) as uow:
        poll_id = opened(uow, DAY, MORE).id
        uow.commit()
    with uow_in(VILLAGE) as uow:
        answer(uow, queries.public_poll(uow, poll_id), "a", 1, said="наполовина")
        number = uow.session.scalar(text("select pg_backend_pid()"))
        superuser = create_engine(server.set(database="obshto"))
        with superuser.begin() as connection:
            connection.execute(text(f"select pg_terminate_backend({number})"))
        superuser.dispose()
        with pytest.raises(OperationalError):
            uow.commit()
        uow.session.invalidate()
    tables = ("participation", "said")
    left = {name: owner(f"select count(*) from t_gorno_selo.polls_{name}") for name in tables}
    assert left == dict.fromkeys(tables, [(0,)])
    with uow_in(VILLAGE) as uow:
        answer(uow, queries.public_poll(uow, poll_id), "a", 1, said="докрай")
        uow.commit()
    assert owner("select online from t_gorno_selo.polls_poll") == [(1,)]


def test_who_waited_for_whoever_closed_is_told_and_not_counted(uow_in, opened, answer, owner):
    with uow_in(VILLAGE) as uow:
        poll_id = opened(uow).id
        uow.commit()
    with uow_in(VILLAGE) as voter:
        stale = queries.public_poll(voter, poll_id)
        voter.session.rollback()  # the page was drawn; the answer comes later
        with uow_in(VILLAGE) as editor:
            poll = queries.poll_of(editor, poll_id, to_change=True)
            polls.close_poll(editor, poll, expected_version=poll.version)
            editor.commit()
        with pytest.raises(ClosedMeanwhile):
            answer(voter, stale, "late", 1)
    assert owner("select online from t_gorno_selo.polls_poll") == [(0,)]


def test_while_it_is_open_results_stay_ten_answers_behind(uow, opened, answer):
    """So neither a step nor the end adds fewer than ten to what anybody has seen."""
    poll = opened(uow)
    seen = []
    for number in range(1, 32):
        answer(uow, poll, f"{number}", 1 if number % 2 else 2)
        seen.append(numbers(uow, poll))
    assert seen[:19] == [None] * 19
    assert seen[19:29] == [[5, 5, 0]] * 10
    assert seen[29:] == [[10, 10, 0]] * 2
    polls.close_poll(uow, uow.session.get(Poll, poll.id), expected_version=poll.version)
    assert numbers(uow, poll) == [16, 15, 0]


def test_each_channel_moves_by_tens_of_its_own(uow, opened, answer):
    """Who typed nine sheets and knows what stood on them does not learn what the tenth chose."""
    poll = opened(uow)
    [day] = asked_of(uow, poll.id)
    friday = Answers(options=frozenset({day.options[0].id}), questions=frozenset({day.question.id}))
    for number in range(19):
        sheets.enter_sheet(uow, poll, friday, number=number + 1, request_id=uuid4())
    for number in range(19):
        answer(uow, poll, f"{number}", 2)
    assert numbers(uow, poll) is None
    sheets.enter_sheet(uow, poll, friday, number=20, request_id=uuid4())
    assert numbers(uow, poll) == [10, 0, 0]
    answer(uow, poll, "last", 2)
    assert numbers(uow, poll) == [10, 10, 0]


def test_what_was_counted_before_it_lay_sealed_goes_on(uow, opened, answer):
    poll = opened(uow)
    [day] = asked_of(uow, poll.id)
    friday = day.options[0].id.hex
    poll.online, poll.counted = 12, {"online": {poll.id.hex: 12, friday: 12}}
    poll.shown = {"online": {poll.id.hex: 10, friday: 10}}
    uow.session.flush()
    deadlines.seal_counted(uow)
    assert poll.tally and poll.online == 12
    assert uow.session.scalars(select(Poll.id).where(Poll.counted.is_not(None))).all() == []
    assert numbers(uow, poll) == [10, 0, 0]
    answer(uow, poll, "a", 2)
    uow.session.expire_all()
    assert numbers(later(uow, days=8), poll) == [12, 1, 0]


def test_below_ten_nothing_is_told_even_after_the_end(uow, opened, answer):
    poll = opened(uow, DAY, MORE)
    for number in range(9):
        answer(uow, poll, f"{number}", 1, said="тайна")
    uow.session.expire_all()
    over = later(uow, days=8)
    results = results_of(over, poll, asked_of(uow, poll.id))
    assert (results.is_final, results.is_told, results.results) == (True, False, [])
    assert texts_of(over, poll, asked_of(uow, poll.id), results) == {}
    assert list(rows_of(results, [])) == []


def test_scales_have_a_mean_and_texts_are_told_by_the_alphabet(uow, opened, answer):
    poll = opened(uow, MARK, MORE)
    for number in range(10):
        answer(uow, poll, f"{number}", 5 if number else 1, said=f"{9 - number}")
    uow.session.expire_all()
    over = later(uow, days=8)
    results = results_of(over, poll, asked_of(uow, poll.id))
    assert results.results[0].mean == 4.6
    [texts] = texts_of(over, poll, asked_of(uow, poll.id), results).values()
    assert texts == sorted(texts) and len(texts) == 10


def test_a_poll_is_extended_only_to_a_later_end_and_says_why(uow, opened):
    poll = opened(uow)
    given = {"note": "Заради снега", "words": {"en": {"note": "Because of the snow"}}}
    with pytest.raises(PollNotLonger):
        polls.extend_poll(
            uow, poll, closes_at=poll.closes_at, **given, expected_version=poll.version
        )
    end = poll.closes_at + timedelta(days=1)
    polls.extend_poll(uow, poll, closes_at=end, **given, expected_version=poll.version)
    polls.extend_poll(uow, poll, closes_at=end, **given, expected_version=0)  # sent twice
    assert poll.said("note", "en") == ("Because of the snow", "en")
    romanian = {"words": {"ro": {"note": "Din cauza zăpezii"}}, "note": "Заради снега"}
    polls.extend_poll(uow, poll, closes_at=end, **romanian, expected_version=poll.version)
    assert poll.said("note", "ro") == ("Din cauza zăpezii", "ro")
    assert poll.said("note", "en") == ("Because of the snow", "en")
    assert told(uow)[-2:] == ["poll.extended", "poll.edited"]
    with pytest.raises(PollChanged):
        polls.extend_poll(uow, poll, closes_at=end, note="x", words={}, expected_version=0)
    with pytest.raises(PollNotLonger):
        soon = end - timedelta(hours=1)
        polls.extend_poll(
            uow, poll, closes_at=soon, note="x", words={}, expected_version=poll.version
        )
    with pytest.raises(NotUnderWay):
        longer = end + timedelta(days=9)
        polls.extend_poll(
            later(uow, days=9),
            poll,
            closes_at=longer,
            note="x",
            words={},
            expected_version=poll.version,
        )


def test_what_came_of_it_is_told_after_the_end(uow, opened):
    poll = opened(uow)
    words = {"en": {"outcome": "We did"}, "ro": {"outcome": ""}}
    with pytest.raises(NotOver):
        polls.tell_outcome(
            uow, poll, outcome="Направихме", words=words, expected_version=poll.version
        )
    over = later(uow, days=8)
    for _ in range(2):
        polls.tell_outcome(
            over, poll, outcome="Направихме", words=words, expected_version=poll.version
        )
    assert poll.said("outcome", "en") == ("We did", "en")
    assert told(uow).count("outcome.told") == 1


def test_a_late_copy_of_a_form_does_nothing(uow, opened):
    poll = opened(uow)
    expected_version = poll.version
    polls.edit_poll(
        uow, poll, replace(polls.draft_of(poll), title="Ново"), expected_version=expected_version
    )
    uow.session.flush()
    with pytest.raises(PollChanged):
        polls.close_poll(uow, poll, expected_version=expected_version)
    with pytest.raises(PollChanged):
        polls.edit_poll(
            uow,
            poll,
            replace(polls.draft_of(poll), title="Старо"),
            expected_version=expected_version,
        )
    assert poll.title == "Ново"


def test_that_a_poll_ended_by_the_clock_is_told_once(uow, opened):
    opened(uow)
    deadlines.close_due(uow)
    over = later(uow, days=8)
    deadlines.close_due(over)
    uow.session.flush()
    deadlines.close_due(over)
    assert told(uow).count("poll.closed") == 1


def test_a_deleted_poll_comes_back_with_its_answers_for_thirty_days(uow, opened, answer):
    poll = opened(uow)
    answer(uow, poll, "a", 1)
    polls.delete_poll(uow, poll, expected_version=poll.version)
    with pytest.raises(NotOpen):
        answer(uow, poll, "b", 1)
    polls.restore_poll(uow, poll, expected_version=poll.version)
    assert poll.online == 1
    polls.delete_poll(uow, poll, expected_version=poll.version)
    deadlines.erase_deleted(later(uow, days=31))
    uow.session.expire_all()
    assert uow.session.query(Option).count() == 0


def test_whoever_writes_what_came_of_it_is_not_disturbed_by_the_clock(uow, opened):
    poll = opened(uow)
    expected_version, over = poll.version, later(uow, days=8)
    deadlines.close_due(over)
    polls.tell_outcome(
        over, poll, outcome="Направихме", words={}, expected_version=expected_version
    )


def test_names_of_facts_and_their_keys_are_fixed():
    facts = {fact.name: sorted(field.name for field in fields(fact)) for fact in EVENTS}
    acts = ("written", "edited", "opened", "extended", "closed", "deleted", "restored")
    names = [f"polls:poll.{act}" for act in acts]
    names += ["polls:question.corrected", "polls:outcome.told", "polls:outcome.corrected"]
    names += ["polls:sheet.counted"]
    assert facts == dict.fromkeys(names, ["subject_id", "title"])
