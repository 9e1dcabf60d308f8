"""Ready-made surveys to begin with."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.questions import Wording, ask_question
from obshto.platform.web.language import OTHERS
from obshto.platform.work import Work

DATA = Path(__file__).parents[1] / "data" / "library.json"


def titles(language: str) -> dict[str, str]:
    """The title of each in a language, by its word."""
    return {word: told[language] for word, told in _all().items()}


def ask_ready_made(work: Work, poll: Poll, word: str, *, request_id: UUID) -> None:
    """Give a poll that is written just now the questions of a ready-made one.

    One that was written before has had them: what was removed since does not come back.
    """
    if poll.written_at != work.now:
        return
    for number, told in enumerate(_all()[word]["questions"]):
        key = uuid5(request_id, f"{number}")
        ask_question(work, poll, wording(told), request_id=key, seen=poll.version)


def wording(told: dict[str, Any]) -> Wording:
    """A question as the file writes it: texts by language, each with its options."""
    bulgarian = told["bg"]
    return Wording(
        kind=told["kind"],
        title=bulgarian[0],
        is_required=told.get("is_required", True),
        options=tuple(bulgarian[1:]),
        titles={language: told[language][0] for language in OTHERS},
        labels={language: tuple(told[language][1:]) for language in OTHERS},
    )


@cache
def _all() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    return found
