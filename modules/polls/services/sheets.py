"""Paper sheets entered: counted by the same rules as what comes online, each number once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from obshto.modules.polls.errors import FormUsed, OneOption, OptionUnclear, SheetEntered
from obshto.modules.polls.events import SheetCounted
from obshto.modules.polls.models import Poll, Sheet
from obshto.modules.polls.services.ballots import count_answers, lock_open, read_anew
from obshto.modules.polls.services.polls import tell
from obshto.modules.polls.services.queries import Asked
from obshto.modules.polls.services.states import Kind
from obshto.modules.polls.services.tally import Answers
from obshto.platform.entity import of_request
from obshto.platform.unit_of_work import UnitOfWork

HIGHEST = 99_999  # number of a sheet


def entered(uow: UnitOfWork, poll: Poll) -> list[int]:
    """The numbers that were entered, the lowest first. One query."""
    numbers = select(Sheet.number).where(Sheet.poll_id == poll.id).order_by(Sheet.number)
    return [*uow.session.scalars(numbers)]


def next_number(numbers: Sequence[int], after: int = 0) -> int:
    """The one after what was typed last, where it is free, since another clerk may type another
    batch; else the one after the highest.
    """
    following = after + 1 if after else 1
    return min(following if following not in numbers else numbers[-1] + 1, HIGHEST)


def missing(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each row of numbers that were passed over."""
    pairs = zip((0, *numbers), numbers, strict=False)
    return [(before + 1, after - 1) for before, after in pairs if after - before > 1]


def mark_of(asked: Sequence[Asked]) -> str:
    """Three figures that change whenever the questions or their answers do.

    They stand on the printed sheet, where answers are numbers, and beside the form that counts it.
    """
    said = [
        f"{one.question.id}" + "".join(f"|{option.id}" for option in one.options) for one in asked
    ]
    digest = sha256("\n".join(said).encode()).digest()
    return f"{int.from_bytes(digest) % 1000:03}"


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


def enter_sheet(
    uow: UnitOfWork, poll: Poll, answers: Answers, *, number: int, request_id: UUID
) -> bool:
    """Count a paper sheet. The same `request_id` again does nothing, and answers False.

    Raises SheetEntered, FormUsed, NotOpen, ClosedMeanwhile, AskedAnew, NothingAnswered.
    """
    if _was_entered(uow, poll, number, request_id):
        return False
    locked = lock_open(uow, poll)
    if _was_entered(uow, poll, number, request_id):  # the first copy was faster
        return False
    if uow.session.get(Sheet, (poll.id, number)):
        raise SheetEntered(number=number)
    count_answers(uow, locked, answers)
    read_anew(uow, poll)
    uow.session.add(Sheet(poll_id=poll.id, number=number, request_id=request_id))
    tell(uow, SheetCounted, poll)
    return True


def _was_entered(uow: UnitOfWork, poll: Poll, number: int, request_id: UUID) -> bool:
    """Raises FormUsed where the form that is sent again holds another sheet than it did."""
    known = of_request(uow, Sheet, request_id)
    if known and (known.poll_id, known.number) != (poll.id, number):
        raise FormUsed(number=known.number)
    return known is not None
