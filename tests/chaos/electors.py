"""People who seal ballots of a trial of voting by phone."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

from clients import LATE, InDoubt, Person
from ledger import Deed

from obshto.modules.voting.distribution.letters import credential_of
from obshto.modules.voting.services.board import hash_of
from obshto.modules.voting.services.cast import MOST

sys.path.append(str(Path(__file__).parents[1]))

from support.belenios.client import random_vote, seal_ballot, secret_of

WAY = "ballot"


class Elector(Person):
    """Seals a ballot, sends it until it has a place on the board, now and then once more."""

    person, area = "voter", "voting"

    def sign_in(self):
        self.trial = self.house.offers[self.slug].trial
        self.waiting = list(self.trial.codes) if self.trial else []
        self.secret, self.left = None, 0

    def act(self):
        if not self.left:
            if not self.waiting:  # every code has voted as often as it may
                self.enough.wait()
                return
            self.take_code()
        self.left -= 1
        [question] = json.loads(self.trial.raw)["questions"]
        ballot = seal_ballot(self.trial.raw, self.secret, [random_vote(question)])
        deed = Deed(self.slug, WAY, hash_of(ballot))
        self.ledger.deeds.append(deed)
        asker, path = self.passer_by(), f"{self.trial.path}/cast"
        status, *_ = self.repeated(lambda: asker.ask("POST", path, ballot), path)
        if status != 200:
            raise AssertionError(f"{status} for {path}")
        deed.is_acknowledged = True
        self.ledger.count("ballots sealed")
        if self.rng.random() < LATE:
            self.ledger.count("late copies")
            with suppress(InDoubt):
                asker.ask("POST", path, ballot)

    def take_code(self):
        uuid = json.loads(self.trial.raw)["uuid"]
        self.secret = secret_of(uuid, credential_of(uuid, self.waiting.pop().split()))
        self.left = MOST
