"""Questions that are asked after certain answers only, and the order of questions."""

from dataclasses import replace
from uuid import uuid4

import pytest

from obshto.modules.polls.errors import AnotherFollows, AskedOfNobody, QuestionFrozen
from obshto.modules.polls.forms.ballots import ballot_of, sheet_of
from obshto.modules.polls.services import copies, library, polls, questions
from obshto.modules.polls.services.queries import asked_of, reached
from obshto.modules.polls.services.results import results_of, texts_of
from obshto.modules.polls.services.wordings import Wording

COMES = Wording(kind="single", title="Ходите ли на пазара?", options=("Да", "Не"))
WHY = Wording(kind="single", title="Защо не?", options=("Далече е", "Скъпо е"))
HOW = Wording(kind="text", title="Колко далече?", is_required=False)


def ask(uow, poll, wording, *leading):
    """One more question, of who chose one of `leading`: „0.1“ is the second option of the first."""
    asked = asked_of(uow, poll.id)
    options = [asked[int(way[0])].options[int(way[2])].id for way in leading]
    wording = replace(wording, only_if=frozenset(options))
    questions.ask_question(uow, poll, wording, request_id=uuid4(), expected_version=poll.version)
    uow.session.flush()


@pytest.fixture
def branched(uow, write):
    """Who does not come is asked why; who lives far away is asked how far."""
    poll = write(uow, COMES)
    ask(uow, poll, WHY, "0.1")
    ask(uow, poll, HOW, "1.0")
    return poll


def edit(uow, poll, number, **changed):
    one = asked_of(uow, poll.id)[number]
    wording = replace(questions.wording_of(one), **changed)
    questions.edit_question(uow, poll, one, wording, expected_version=poll.version)
    uow.session.flush()


def titles(asked):
    return [one.question.title for one in asked]


@pytest.mark.parametrize(
    ("chosen", "way"),
    [
        ((), [0]),
        (((0, 0),), [0]),
        (((0, 1),), [0, 1]),
        (((0, 1), (1, 0)), [0, 1, 2]),
        (((0, 1), (1, 1)), [0, 1]),
        (((0, 0), (1, 0)), [0]),  # an answer to what was not asked leads nowhere
    ],
)
def test_who_answers_so_is_asked_this(uow, branched, chosen, way):
    asked = asked_of(uow, branched.id)
    options = {asked[question].options[option].id for question, option in chosen}
    assert titles(reached(asked, options)) == [titles(asked)[number] for number in way]


def test_an_answer_is_due_of_whom_it_is_asked_and_else_counts_for_nothing(uow, branched, app):
    asked = asked_of(uow, branched.id)
    (yes, no), (far, _) = (one.options for one in asked[:2])
    data = {asked[0].field: str(no.id), "request_id": uuid4()}
    with app.test_request_context(method="POST", data=data):
        form = ballot_of(asked, "bg")()
        assert not form.validate()
        assert list(form.errors) == [asked[1].field]
    # Changed their mind: what stands below is not asked of them.
    data |= {asked[0].field: str(yes.id), asked[1].field: str(far.id), asked[2].field: "5 км"}
    with app.test_request_context(method="POST", data=data):
        form = ballot_of(asked, "bg")()
        assert form.validate(), form.errors
        answers = form.answers()
    assert answers.options == {yes.id}
    assert answers.questions == {asked[0].question.id}
    assert answers.texts == {}


def test_a_sheet_is_counted_by_the_same_rule_and_may_leave_gaps(uow, branched, app):
    asked = asked_of(uow, branched.id)
    typed = {asked[0].field: "1", asked[1].field: "2", "number": 4, "request_id": uuid4()}
    with app.test_request_context(method="POST", data=typed):
        form = sheet_of(asked)()
        assert form.validate(), form.errors
        assert form.answers().options == {asked[0].options[0].id}
    with app.test_request_context(
        method="POST", data=typed | {asked[0].field: "2", asked[1].field: ""}
    ):
        form = sheet_of(asked)()
        assert form.validate(), form.errors
        assert form.answers().questions == {asked[0].question.id}


def test_a_way_leads_back_to_what_stands_before(uow, branched):
    later_ones = asked_of(uow, branched.id)[1].options
    with pytest.raises(AskedOfNobody):
        edit(uow, branched, 0, only_if=frozenset({later_ones[0].id}))
    with pytest.raises(AskedOfNobody):
        edit(uow, branched, 1, only_if=frozenset({uuid4()}))


def test_other_words_keep_the_way_and_what_leads_on_is_not_taken_away(uow, branched):
    edit(uow, branched, 0, title="Идвате ли?", options=("Идвам", "Не идвам"))
    leading = asked_of(uow, branched.id)[1].after
    assert [(q.title, [o.label for o in options]) for q, options in leading] == [
        ("Идвате ли?", ["Не идвам"])
    ]
    edit(uow, branched, 0, options=("Не идвам", "Идвам", "Понякога"))
    assert asked_of(uow, branched.id)[1].after[0][1][0].label == "Не идвам"
    with pytest.raises(AnotherFollows, match="Защо не"):
        edit(uow, branched, 0, options=("Идвам", "Понякога"))
    uow.session.expire_all()
    first = asked_of(uow, branched.id)[0]
    with pytest.raises(AnotherFollows, match="Защо не"):
        questions.remove_question(uow, branched, first, expected_version=branched.version)


def test_questions_change_places_but_not_with_what_leads_to_them(uow, branched):
    def move(number, to):
        one = asked_of(uow, branched.id)[number]
        questions.move_question(uow, branched, one, to=to, expected_version=branched.version)
        uow.session.flush()
        return titles(asked_of(uow, branched.id))

    ask(uow, branched, replace(COMES, title="Още един?"))
    assert move(3, 2) == ["Ходите ли на пазара?", "Защо не?", "Още един?", "Колко далече?"]
    assert move(2, 3)[2:] == ["Колко далече?", "Още един?"]
    assert move(0, -1) == move(3, 4) == move(0, 3)
    with pytest.raises(AnotherFollows):
        move(1, 0)
    with pytest.raises(AnotherFollows):
        move(0, 1)


def test_after_the_first_answer_nothing_changes_places(uow, branched, answer):
    polls.open_poll(uow, branched, expected_version=branched.version)
    uow.session.flush()
    answer(uow, branched, "a", 1)
    with pytest.raises(QuestionFrozen):
        one = asked_of(uow, branched.id)[1]
        questions.move_question(uow, branched, one, to=2, expected_version=branched.version)


@pytest.mark.parametrize(("led", "is_told"), [(3, False), (10, True)])
def test_a_few_of_many_are_not_told_of_their_branch(uow, branched, answer, led, is_told):
    polls.open_poll(uow, branched, expected_version=branched.version)
    uow.session.flush()
    for number in range(11):
        far = number < led
        answer(uow, branched, f"{number}", *((2, 1) if far else (1,)), said="5 км" if far else "")
    uow.session.expire_all()
    polls.close_poll(uow, branched, expected_version=branched.version)
    asked = asked_of(uow, branched.id)
    results = results_of(uow, branched, asked)
    assert [one.is_told for one in results.results] == [True, is_told]
    assert [one.answered for one in results.results] == [11, led if is_told else 0]
    texts = texts_of(uow, branched, asked, results)
    assert texts[asked[2].question.id] == (["5 км"] * led if is_told else None)


def test_before_the_end_a_branch_tells_nothing(uow, branched, answer):
    """From one ten of the poll to the next as little as one answer may come to it."""
    polls.open_poll(uow, branched, expected_version=branched.version)
    uow.session.flush()
    for number in range(30):
        answer(uow, branched, f"{number}", 2, 1, said="5 км")
    results = results_of(uow, branched, asked_of(uow, branched.id))
    assert [one.is_told for one in results.results] == [True, False]


def test_a_way_goes_along_when_a_neighbour_takes_the_poll_over(uow, branched, write):
    pattern = copies.pattern_of(branched, asked_of(uow, branched.id))
    copy = polls.write_poll(uow, polls.draft_of(branched), request_id=uuid4())
    library.ask_all(uow, copy, pattern["questions"], request_id=copy.request_id)
    asked = asked_of(uow, copy.id)
    assert [[q.title for q, _ in one.after] for one in asked] == [
        [],
        ["Ходите ли на пазара?"],
        ["Защо не?"],
    ]
    assert asked[1].after[0][1] == [asked[0].options[1]]
