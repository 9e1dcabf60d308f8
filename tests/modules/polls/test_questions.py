"""Questions of a poll: frozen by answers, refused where they make no choice, ready made."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.polls.errors import (
    LastQuestion,
    OptionsDiffer,
    OptionsRepeat,
    PollChanged,
    QuestionFrozen,
    TextFrozen,
    TooFewOptions,
)
from obshto.modules.polls.services import (
    library,
    polls,
    questions,
)
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.wordings import Wording

DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
WHAT = Wording(kind="several", title="Какво?", options=("Мед", "Сирене"), is_required=False)
MARK = Wording(kind="scale", title="Колко?", is_required=False)
MORE = Wording(kind="text", title="Още нещо?", is_required=False)


def told(uow):
    return [fact.name.removeprefix("polls:") for fact in uow.facts]


def later(uow, **ahead):
    return replace(uow, now=uow.now + timedelta(**ahead))


def test_a_late_copy_brings_no_removed_question_back(uow, write):
    poll = write(uow)
    form = {"request_id": uuid4(), "expected_version": poll.version}
    question = questions.ask_question(later(uow, hours=1), poll, WHAT, **form)
    asked = asked_of(uow, poll.id)[-1]
    assert asked.question == question
    questions.remove_question(later(uow, hours=2), poll, asked, expected_version=poll.version)
    with pytest.raises(PollChanged):
        questions.ask_question(uow, poll, WHAT, **form)
    assert [one.question.title for one in asked_of(uow, poll.id)] == ["Кой ден?"]


def test_a_late_copy_brings_no_removed_ready_made_question_back(uow, write):
    poll = polls.write_poll(uow, polls.draft_of(write(uow)), request_id=uuid4())
    word = next(iter(library.titles("bg")))
    library.ask_ready_made(uow, poll, word, request_id=poll.request_id)
    first = asked_of(uow, poll.id)[0]
    questions.remove_question(uow, poll, first, expected_version=poll.version)
    library.ask_ready_made(later(uow, hours=1), poll, word, request_id=poll.request_id)
    assert first.question.title not in [one.question.title for one in asked_of(uow, poll.id)]


def test_a_question_that_has_answers_is_frozen_and_may_be_corrected(uow, opened, answer):
    poll = opened(uow)
    [asked] = asked_of(uow, poll.id)
    questions.edit_question(
        uow, poll, asked, replace(DAY, title="Ден?"), expected_version=poll.version
    )
    answer(uow, poll, "a", 1)
    [asked] = asked_of(uow, poll.id)
    for act in (
        lambda: questions.edit_question(uow, poll, asked, DAY, expected_version=poll.version),
        lambda: questions.remove_question(uow, poll, asked, expected_version=poll.version),
        lambda: questions.ask_question(
            uow, poll, WHAT, request_id=uuid4(), expected_version=poll.version
        ),
    ):
        with pytest.raises(QuestionFrozen):
            act()
    said = {"correction": "Пазарът е от 7 ч.", "words": {"en": "From 7"}}
    questions.correct_question(uow, poll, asked.question, **said, expected_version=poll.version)
    assert asked.question.said("correction", "en") == ("From 7", "en")
    assert asked.question.said("correction", "ro") == ("Пазарът е от 7 ч.", "bg")
    assert told(uow)[-1] == "question.corrected"


@pytest.mark.parametrize(
    ("wording", "refusal"),
    [
        (replace(DAY, options=("Петък",)), TooFewOptions),
        (replace(DAY, options=("Петък", "петък")), OptionsRepeat),
        (replace(DAY, labels={"en": ("Friday",)}), OptionsDiffer),
    ],
)
def test_options_that_make_no_choice_are_refused(uow, write, wording, refusal):
    poll = write(uow)
    with pytest.raises(refusal):
        questions.ask_question(
            uow, poll, wording, request_id=uuid4(), expected_version=poll.version
        )


@pytest.mark.parametrize("wording", [DAY, WHAT, MARK, MORE], ids=lambda w: w.kind)
def test_a_question_saved_as_it_is_is_not_changed(uow, write, wording):
    poll = write(uow, wording)
    [asked] = asked_of(uow, poll.id)
    given = {"titles": {"en": "", "ro": ""}, "labels": {"en": (), "ro": ()}}
    questions.edit_question(uow, poll, asked, replace(wording, **given), expected_version=0)
    assert told(uow) == ["poll.written", "poll.edited"]


def test_what_was_answered_keeps_its_title(uow, opened, answer):
    poll = opened(uow, intro="Питаме", words={"en": {"title": "The market"}})
    draft = polls.draft_of(poll)
    polls.edit_poll(uow, poll, replace(draft, title="Пазарът?"), expected_version=poll.version)
    answer(uow, poll, "a", 1)
    draft = polls.draft_of(poll)
    new = {"en": {"title": "Market", "intro": ""}, "ro": {"title": "", "intro": ""}}
    for changed in ({"title": "Друго"}, {"intro": "Друго"}, {"words": new}):
        with pytest.raises(TextFrozen):
            polls.edit_poll(uow, poll, replace(draft, **changed), expected_version=poll.version)
    more = {"en": draft.words["en"], "ro": {"title": "Piața", "intro": ""}}
    polls.edit_poll(uow, poll, replace(draft, words=more), expected_version=poll.version)
    assert poll.said("title", "ro") == ("Piața", "ro")


def test_a_public_poll_keeps_its_last_question(uow, opened):
    poll = opened(uow)
    [asked] = asked_of(uow, poll.id)
    with pytest.raises(LastQuestion):
        questions.remove_question(uow, poll, asked, expected_version=poll.version)


@pytest.mark.parametrize("word", library.titles("bg"))
def test_every_ready_made_survey_can_be_opened_in_three_languages(uow, write, word):
    poll = polls.write_poll(uow, polls.draft_of(write(uow)), request_id=uuid4())
    for _ in range(2):
        library.ask_ready_made(uow, poll, word, request_id=poll.request_id)
    polls.open_poll(uow, poll, expected_version=poll.version)
    asked = asked_of(uow, poll.id)
    assert len(asked) == len({one.question.title for one in asked})
    for one in asked:
        for language in ("en", "ro"):
            assert one.question.said("title", language)[1] == language
            assert all(option.said(language)[1] == language for option in one.options)
