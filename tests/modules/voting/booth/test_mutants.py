"""Mutated ballots: belenios-tool and the audit's own check refuse each of them."""

import json
from random import Random

import pytest
from support.belenios.client import random_vote, seal_ballot, sign
from support.belenios.mutations import REWRITTEN, mutate, vote_of_two
from support.thorough import IS_THOROUGH

from obshto.modules.voting.distribution.audit import BallotCheck, compact

MUTANTS = 1000 if IS_THOROUGH else 24


def test_no_mutated_ballot_is_accepted(election, tmp_path):
    setup, check = election.board.events[0][1], BallotCheck(election.raw)
    texts = [election.seal(0, [vote]) for vote in ([0, 1, 0], [1, 0, 0])]
    accepted = []
    for n in range(MUTANTS):
        random = Random(n)
        mutant = mutate(random.choice(texts), election.secrets, random)
        assert mutant not in texts
        if check.fault(mutant) is None or election.tool.accepts(setup, [mutant], tmp_path):
            accepted.append((n, check.fault(mutant)))
    assert accepted == []


@pytest.mark.parametrize("rewrite", REWRITTEN)
def test_the_same_vote_written_in_another_way_is_refused_by_the_audit(election, rewrite):
    for n in range(6):
        ballot = json.loads(election.seal(0, [[0, 1, 0]]))
        rewrite(ballot, Random(n))
        check = BallotCheck(election.raw)
        assert check.fault(sign(ballot, election.secrets[0])) == "form"
        assert check.fault(compact(ballot)) is not None


def test_a_vote_of_two_is_refused(election, tmp_path):
    ballot = vote_of_two(election.raw, election.secrets[0])
    assert BallotCheck(election.raw).fault(ballot) == "proof"
    assert not election.tool.accepts(election.board.events[0][1], [ballot], tmp_path)


@pytest.mark.parametrize("n", range(4))
def test_honest_ballots_are_accepted_by_both(election, tmp_path, n):
    votes = [random_vote(question, Random(n).randrange) for question in election.questions]
    ballot = seal_ballot(election.raw, election.secrets[n], votes)
    assert BallotCheck(election.raw).fault(ballot) is None
    assert election.tool.accepts(election.board.events[0][1], [ballot], tmp_path)
