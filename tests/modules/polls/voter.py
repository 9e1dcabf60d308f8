"""Answers a poll as sixteen devices in turn and says so of each: a process to be killed."""

import os
import sys
from uuid import UUID

from obshto.modules.polls.services.answering import answer_poll, names_of
from obshto.modules.polls.services.reading import asked_of, public_poll
from obshto.modules.polls.services.tally import Answers
from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.platform.work import Principal, working
from obshto.tenants.api import scope_named

VOTERS = 16


def main(slug, poll_id):
    app = compose(read_config(os.environ))
    for number in range(VOTERS):
        with app.app_context(), working(scope_named(slug), Principal.system("test")) as work:
            poll = public_poll(work, UUID(poll_id))
            asked = asked_of(work, poll.id)
            given = Answers(
                options=frozenset({asked[0].options[number % 3].id}),
                questions=frozenset({asked[0].question.id}),
                texts={asked[1].question.id: f"текст {number}"},
            )
            answer_poll(
                work, poll, given, names=names_of(poll, person_id=None, token=f"device {number}")
            )
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
