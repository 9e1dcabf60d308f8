"""Random elections: belenios-tool and the audit count the same, and both what was voted."""

from random import Random

import pytest
from support.belenios.client import random_vote
from support.thorough import IS_THOROUGH

from obshto.modules.voting.distribution.audit import audit

ELECTIONS = 200 if IS_THOROUGH else 10


def random_template(chance):
    questions = []
    for n in range(chance.randint(1, 2)):
        answers = [f"Отговор {at}" for at in range(chance.randint(2, 4))]
        most = chance.randint(1, len(answers))
        questions.append(
            {
                "question": f"Въпрос {n}?",
                "answers": answers,
                "min": chance.randint(0, most),
                "max": most,
                **({"blank": True} if chance.random() < 0.5 else {}),
            }
        )
    return {"name": "Допитване", "description": "Проба", "questions": questions}


def sums(questions, votes):
    """By hand: the last votes, added answer by answer."""
    widths = [len(one["answers"]) + bool(one.get("blank")) for one in questions]
    return [
        [sum(vote[at][n] for vote in votes) for n in range(width)]
        for at, width in enumerate(widths)
    ]


@pytest.mark.parametrize("seed", range(ELECTIONS))
def test_the_tool_and_the_audit_count_what_was_voted(election, tmp_path, seed):
    chance = Random(seed)
    voters = chance.randint(1, 6 if IS_THOROUGH else 3)
    made = election.another(tmp_path, random_template(chance), voters)
    last = {}
    # Some don't vote, some vote again.
    for voter in chance.choices(range(voters), k=chance.randint(0, voters + 1)):
        last[voter] = [random_vote(question, chance.randrange) for question in made.questions]
        made.cast(voter, last[voter])
    done = audit(made.count(keys=chance.sample(made.keys, 2)).raw(), made.board.heads)
    assert done.findings == []
    assert done.result == sums(made.questions, last.values())
