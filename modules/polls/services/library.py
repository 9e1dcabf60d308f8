"""Ready-made surveys to begin with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.queries import Asked, asked_of
from obshto.modules.polls.services.questions import ask_question
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import OTHERS

DATA = Path(__file__).parents[1] / "data" / "library.json"


def titles(language: str) -> dict[str, str]:
    """The title of each in a language, by its word."""
    return {word: told[language] for word, told in _all().items()}


def ask_ready_made(uow: UnitOfWork, poll: Poll, word: str, *, request_id: UUID) -> None:
    """Give a poll that is written just now the questions of a ready-made one."""
    ask_all(uow, poll, _all()[word]["questions"], request_id=request_id)


def ask_all(
    uow: UnitOfWork, poll: Poll, questions: Sequence[dict[str, Any]], *, request_id: UUID
) -> None:
    """Give a poll that is written just now these questions, in the form of `wording`.

    One that was written before has had them: what was removed since does not come back.
    """
    if poll.written_at != uow.now:
        return
    for number, told in enumerate(questions):
        ask_told(uow, poll, told, request_id=uuid5(request_id, f"{number}"))


def ask_told(uow: UnitOfWork, poll: Poll, told: dict[str, Any], *, request_id: UUID) -> None:
    """Ask one more, in the form of `wording`."""
    before = asked_of(uow, poll.id) if "only_if" in told else ()
    ask_question(
        uow, poll, wording(told, before), request_id=request_id, expected_version=poll.version
    )


def wording(told: dict[str, Any], before: Sequence[Asked] = ()) -> Wording:
    """A question as the file writes it: texts by language, each with its options.

    `only_if` are pairs of numbers from one on: of a question `before` it, of an option of that.
    """
    bulgarian = told["bg"]
    return Wording(
        kind=told["kind"],
        title=bulgarian[0],
        is_required=told.get("is_required", True),
        options=tuple(bulgarian[1:]),
        titles={language: told[language][0] for language in OTHERS},
        labels={language: tuple(told[language][1:]) for language in OTHERS},
        only_if=frozenset(
            before[question - 1].options[option - 1].id
            for question, option in told.get("only_if", ())
        ),
    )


@cache
def _all() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    return found
