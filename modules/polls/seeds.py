"""Demonstration polls: two open, one closed with results and what came of it, one draft."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.ballots import answer_poll, names_of
from obshto.modules.polls.services.library import ask_ready_made, ask_told
from obshto.modules.polls.services.pictures import add_picture
from obshto.modules.polls.services.polls import Draft, open_poll, tell_outcome, write_poll
from obshto.modules.polls.services.queries import Asked, asked_of
from obshto.modules.polls.services.sheets import enter_sheet
from obshto.modules.polls.services.tally import Answers
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import OTHERS

DATA = Path(__file__).parent / "data"


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    for told in _all():
        key = uuid5(NAMESPACE_URL, f"polls/{told['key']}")
        poll = write_poll(uow, _draft(uow, told), request_id=key)
        if poll.published_at is None:
            _tell(uow, poll, told, key)


def _draft(uow: UnitOfWork, told: dict[str, Any]) -> Draft:
    title, intro = told["bg"]
    return Draft(
        title=title,
        intro=intro,
        who=told["who"],
        asks_about=told.get("asks_about", False),
        closes_at=_evening(uow) + timedelta(days=told["days_open"]),
        words={
            language: dict(zip(("title", "intro"), told[language], strict=True))
            for language in ("en", "ro")
        },
    )


def _evening(uow: UnitOfWork) -> datetime:
    """Five in the afternoon today, by the clocks of Bulgaria."""
    here = uow.now.astimezone(SOFIA)
    return here.replace(hour=17, minute=0, second=0, microsecond=0)


def _tell(uow: UnitOfWork, poll: Poll, told: dict[str, Any], key: UUID) -> None:
    if isinstance(told["questions"], str):
        ask_ready_made(uow, poll, told["questions"], request_id=key)
    else:
        for number, question in enumerate(told["questions"]):
            asked_key = uuid5(key, f"{number}")
            ask_told(uow, poll, question, request_id=asked_key)
            _show(uow, poll, question.get("pictures", {}), asked_key)
    if told.get("is_draft"):
        return
    uow.session.flush()
    open_poll(uow, poll, expected_version=poll.version)
    uow.session.flush()
    asked = asked_of(uow, poll.id)
    for number, answer in enumerate(told["answers"]):
        names = names_of(poll, person_id=None, token=f"{key}/{number}")
        answer_poll(uow, poll, _answers(asked, answer), names=names)
    for number, answer in enumerate(told["paper"], 1):
        answers, request_id = _answers(asked, answer), uuid5(key, f"sheet {number}")
        enter_sheet(uow, poll, answers, number=number, request_id=request_id)
    _date_back(uow, poll, told)


def _show(uow: UnitOfWork, poll: Poll, pictures: dict[str, dict[str, str]], key: UUID) -> None:
    """Pictures of the question that was asked last, by the number of their option."""
    for number, told in pictures.items():
        asked = asked_of(uow, poll.id)[-1]
        with (DATA / told["file"]).open("rb") as stream:
            add_picture(
                uow,
                poll,
                asked,
                stream,
                name=told["file"],
                alt_text=told["bg"],
                words={language: told[language] for language in OTHERS},
                option=asked.options[int(number) - 1],
                request_id=uuid5(key, f"picture {number}"),
            )


def _date_back(uow: UnitOfWork, poll: Poll, told: dict[str, Any]) -> None:
    """It has begun some days ago; where something came of it, it is over as well."""
    uow.session.refresh(poll)
    began = _evening(uow) - timedelta(days=told["began_days_ago"])
    poll.published_at = poll.opens_at = began
    if "outcome" in told:
        poll.closes_at = poll.told_closed_at = began + timedelta(days=told["days_open"])
    uow.session.flush()
    if "outcome" in told:
        bulgarian, english, romanian = told["outcome"]
        words = {"en": {"outcome": english}, "ro": {"outcome": romanian}}
        tell_outcome(uow, poll, outcome=bulgarian, words=words, expected_version=poll.version)


def _answers(asked: Sequence[Asked], given: Sequence[Any]) -> Answers:
    """By question: the number of the option, a list of numbers, or a text."""
    options: set[UUID] = set()
    questions: set[UUID] = set()
    texts: dict[UUID, str] = {}
    for one, answer in zip(asked, given, strict=True):
        if isinstance(answer, str):
            texts |= {one.question.id: answer} if answer else {}
        else:
            numbers = answer if isinstance(answer, list) else [answer] if answer else []
            options |= {one.options[number - 1].id for number in numbers}
        if answer:
            questions.add(one.question.id)
    return Answers(options=frozenset(options), questions=frozenset(questions), texts=texts)


@cache
def _all() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((DATA / "demo.json").read_text("utf-8"))
    return told


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    end = uow.now + timedelta(days=3650)
    told = Draft(
        title=f"Контролна чернова {mark}",
        who="anyone",
        closes_at=end,
        intro="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
    )
    write_poll(uow, told, request_id=uuid5(NAMESPACE_URL, mark))
