"""Answers a poll as sixteen devices in turn and says so of each: a process to be killed."""

import os
import sys
from uuid import UUID

from obshto.modules.polls.services.ballots import answer_poll, names_of
from obshto.modules.polls.services.queries import asked_of, public_poll
from obshto.modules.polls.services.tally import Answers
from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VOTERS = 16


def main(slug, poll_id):
    app = compose(read_config(os.environ))
    for number in range(VOTERS):
        with app.app_context(), open_uow(scope_named(slug), Principal.system("test")) as uow:
            poll = public_poll(uow, UUID(poll_id))
            asked = asked_of(uow, poll.id)
            given = Answers(
                options=frozenset({asked[0].options[number % 3].id}),
                questions=frozenset({asked[0].question.id}),
                texts={asked[1].question.id: f"текст {number}"},
            )
            answer_poll(
                uow, poll, given, names=names_of(poll, person_id=None, token=f"device {number}")
            )
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
