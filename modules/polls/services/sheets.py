"""Paper sheets entered: counted by the same rules as what comes online, each number once."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import func, select

from obshto.modules.polls.errors import OneOption, OptionUnclear, SheetEntered
from obshto.modules.polls.events import SheetCounted
from obshto.modules.polls.models import Poll, Sheet
from obshto.modules.polls.services.answering import Answers, count_answers, lock_open
from obshto.modules.polls.services.polls import tell
from obshto.modules.polls.services.reading import Asked
from obshto.modules.polls.services.states import Kind
from obshto.platform.work import Work

HIGHEST = 99_999  # number of a sheet


def next_number(work: Work, poll: Poll) -> int:
    """The number after the highest one entered."""
    highest = select(func.max(Sheet.number)).where(Sheet.poll_id == poll.id)
    return min((work.session.scalar(highest) or 0) + 1, HIGHEST)


def chosen_in(asked: Asked, typed: str) -> frozenset[UUID]:
    """„1 3“ as the options that stand on the sheet under these numbers; nothing typed is none.

    Raises OptionUnclear, OneOption.
    """
    most = len(asked.options)
    numbers = []
    for piece in re.split(r"[\s,;.]+", typed.strip()):
        if not piece:
            continue
        if not (piece.isascii() and piece.isdigit() and len(piece) < 4 and 0 < int(piece) <= most):
            raise OptionUnclear(piece=piece, most=most)
        numbers.append(int(piece))
    if len(set(numbers)) > 1 and asked.question.kind != Kind.SEVERAL:
        raise OneOption
    return frozenset(asked.options[number - 1].id for number in numbers)


def enter_sheet(work: Work, poll: Poll, answers: Answers, *, number: int, request_id: UUID) -> None:
    """Count a paper sheet. The same `request_id` again does nothing.

    Raises SheetEntered, NotOpen, ClosedMeanwhile, AskedAnew.
    """
    if work.session.scalar(select(Sheet.number).where(Sheet.request_id == request_id)):
        return
    lock_open(work, poll)
    known = work.session.get(Sheet, (poll.id, number))
    if known:
        if known.request_id == request_id:  # the first copy was faster
            return
        raise SheetEntered(number=number)
    work.session.add(Sheet(poll_id=poll.id, number=number, request_id=request_id))
    count_answers(work, poll, answers, on_paper=True)
    tell(work, SheetCounted, poll)
