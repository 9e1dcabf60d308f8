"""Random elections: belenios-tool and the audit count the same, and both what was voted."""

from dataclasses import dataclass
from random import Random

import pytest
from support.belenios.client import random_vote
from support.thorough import IS_THOROUGH

from obshto.modules.voting.distribution.audit import audit


@dataclass(frozen=True)
class Size:
    """How many random elections, and the most voters, answers and questions of one."""

    elections: int
    voters: int
    answers: int
    questions: int = 3


SIZE = Size(200, voters=30, answers=6) if IS_THOROUGH else Size(10, voters=3, answers=4)
LARGEST = 20  # answers of one question in the form of the commission


def random_template(chance, size):
    questions = []
    for n in range(chance.randint(1, size.questions)):
        answers = [f"Отговор {at}" for at in range(chance.randint(2, size.answers))]
        questions.append(question_of(n, answers, chance.randint(1, len(answers)), chance))
    return {"name": "Допитване", "description": "Проба", "questions": questions}


def question_of(number, answers, most, chance):
    return {
        "question": f"Въпрос {number}?",
        "answers": answers,
        "min": chance.randint(0, most),
        "max": most,
        **({"blank": True} if chance.random() < 0.5 else {}),
    }


def sums(questions, votes):
    """By hand: the last votes, added answer by answer."""
    widths = [len(one["answers"]) + bool(one.get("blank")) for one in questions]
    return [
        [sum(vote[at][n] for vote in votes) for n in range(width)]
        for at, width in enumerate(widths)
    ]


def check_count(made, chance, votes):
    """So many votes of voters by chance: some don't vote, some vote again."""
    last = {}
    for voter in chance.choices(range(len(made.secrets)), k=votes):
        last[voter] = [random_vote(question, chance.randrange) for question in made.questions]
        made.cast(voter, last[voter])
    done = audit(made.count(keys=chance.sample(made.keys, 2)).raw(), made.board.heads)
    assert done.findings == []
    assert done.result == sums(made.questions, last.values())


@pytest.mark.parametrize("seed", range(SIZE.elections))
def test_the_tool_and_the_audit_count_what_was_voted(election, tmp_path, seed):
    chance = Random(seed)
    # Many are small: they end at once, and hold what is odd. A few are as large as may be.
    voters = chance.randint(1, chance.choice((2, min(6, SIZE.voters), SIZE.voters)))
    made = election.another(tmp_path, random_template(chance, SIZE), voters)
    check_count(made, chance, chance.randint(0, voters + max(1, voters // 4)))


def test_the_largest_question_of_the_form_is_counted_alike(election, tmp_path):
    chance = Random(LARGEST)
    answers = [f"Отговор {at}" for at in range(LARGEST)]
    asked = [question_of(0, answers, LARGEST, chance) | {"blank": True, "min": 1}]
    template = {"name": "Допитване", "description": "Проба", "questions": asked}
    check_count(election.another(tmp_path, template, 1), chance, 1)


def test_nobody_has_voted_and_both_count_nothing(election, tmp_path):
    made = election.another(tmp_path, random_template(Random(1), SIZE), 1)
    check_count(made, Random(1), 0)
