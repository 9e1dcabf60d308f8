"""What is said of the steps that are left: it never grows, and what is exact is so."""

import pytest

from obshto.modules.eservices.services.answers import pages_asked, steps_left
from obshto.modules.eservices.services.definitions import read_definition, stored_definitions
from obshto.platform.questionnaires.values import as_text


def kept(answers):
    return {n: a if isinstance(a, str) else as_text(a) for n, a in answers.items()}


DEFINITIONS = [read_definition(told) for told in stored_definitions()]
WALKS = [
    pytest.param(one, kept(case["answers"]), id=f"{one.service}-{number}")
    for one in DEFINITIONS
    for number, case in enumerate(one.cases)
    if "answers" in case
]


def told_on_the_way(definition, answers):
    """Page by page, with only what was answered before: what is said, and what came in truth."""
    way = pages_asked(definition, answers)
    known = {}
    for number, page in enumerate(way):
        yield steps_left(definition, known, page), len(way) - number - 1
        known |= {name: answers[name] for name in page.fields if name in answers}


@pytest.mark.parametrize(("definition", "answers"), WALKS)
def test_with_each_step_fewer_are_left_and_never_more_than_was_said(definition, answers):
    told = list(told_on_the_way(definition, answers))
    most = [left.most for left, _came in told]
    assert all(later < earlier for earlier, later in zip(most, most[1:], strict=False)), most
    assert all(came <= left.most for left, came in told), told
    assert all(came == left.most for left, came in told if left.is_exact), told
    assert told[-1][0].most == 0 or not told[-1][0].is_exact


def test_some_forms_open_up_and_say_so():
    kinds = {left.is_exact for one in WALKS for left, _came in told_on_the_way(*one.values)}
    assert kinds == {True, False}
