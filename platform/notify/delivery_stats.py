"""How many were told, not yet, refused and why: counts alone, nobody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from flask_babel import LazyString
from sqlalchemy import func, select

from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.budgets import budgets, spent_today
from obshto.platform.notify.models import (
    WAITING,
    Channel,
    Message,
    Pace,
    State,
    Subscriber,
    Suppression,
)
from obshto.platform.notify.suppression import COMPLAINT
from obshto.platform.unit_of_work import UnitOfWork

DAY, WEEK = timedelta(days=1), timedelta(days=7)
PROMPT = timedelta(seconds=10)
WHOLE = 10_000  # ten-thousandths
COLLECTED = (State.COLLECTED, State.GATHERED)


@dataclass(slots=True)
class Numbers:
    """Of one telling. `refused` counts by what the mail server said: „550 5.1.1“."""

    label: LazyString | str
    told: int = 0
    complained: int = 0  # of those who were told: it was no wish of theirs
    waiting: int = 0
    collected: int = 0  # for the letter of the day or the week
    refused: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)  # held, too late, replaced


def numbers_of(uow: UnitOfWork, subject_id: UUID) -> list[Numbers]:
    """Of everything that was told of a subject, in the order it was told. One query."""
    rows = (
        select(Message.cause, Message.fact, Message.state, Message.trouble, func.count())
        .where(Message.subject_id == subject_id)
        .group_by(Message.cause, Message.fact, Message.state, Message.trouble)
        .order_by(func.min(Message.accepted_at), Message.cause)
    )
    named = labels()
    found: dict[UUID, Numbers] = {}
    for cause, fact, state, trouble, number in uow.session.execute(rows):
        it = found.setdefault(cause, Numbers(named.get(fact, fact)))
        _count(it, state, trouble or "", number)
    return list(found.values())


def _count(it: Numbers, state: str, trouble: str, number: int) -> None:
    if state == State.HANDED_OVER:
        it.told += number
        it.complained += number * (trouble == COMPLAINT)
    elif state in WAITING:
        it.waiting += number
    elif state in COLLECTED:
        it.collected += number
    elif state == State.REFUSED:
        it.refused[trouble] += number
    else:
        it.other[state] += number


def labels() -> Mapping[str, LazyString]:
    """What each fact is called that somebody is told of, by its name."""
    registry = current_registry()
    told = (one for part in registry.parts.values() for one in part.notifications)
    named = {fact.name: fact.label for fact in registry.facts()}
    return named | {one.fact.name: one.title for one in told}


def subscriber_counts(uow: UnitOfWork) -> dict[str, int]:
    """How many follow at each pace, and how many have not confirmed yet under an empty name."""
    is_confirmed = Subscriber.confirmed_at.is_not(None)
    rows = select(is_confirmed, Subscriber.pace, func.count()).group_by(
        is_confirmed, Subscriber.pace
    )
    counts = dict.fromkeys([*Pace, ""], 0)
    for confirmed, pace, number in uow.session.execute(rows):
        counts[pace if confirmed else ""] += number
    return counts


def outbox_numbers(uow: UnitOfWork) -> dict[str, int]:
    """For the operator: by state, against the budget. „prompt“ is the share handed over within ten
    seconds among the letters of a day that somebody waits for, in ten-thousandths; letters to many
    leave at the pace of the mail server. „closed“ are addresses to which nothing is sent any more.
    """
    took = Message.handed_over_at - Message.accepted_at
    lately = Message.handed_over_at > uow.now - DAY
    of_week = Message.accepted_at > uow.now - WEEK
    counts = {
        "letters.waiting": Message.state.in_(WAITING),
        "letters.collected": Message.state.in_(COLLECTED),
        "letters.sent": lately,
        "letters.refused": (Message.state == State.REFUSED) & of_week,
        "letters.complained": (Message.trouble == COMPLAINT) & of_week,
        "letters.held": (Message.state == State.HELD) & of_week,
        "letters.single": lately & ~Message.is_bulk,
        "letters.prompt": lately & ~Message.is_bulk & (took <= PROMPT),
    }
    asked = select(*(func.count().filter(which) for which in counts.values()))
    row = uow.session.execute(asked.select_from(Message)).one()
    numbers = dict(zip(counts, row, strict=True))
    single = numbers.pop("letters.single")
    numbers["letters.prompt"] = 10_000 * numbers["letters.prompt"] // single if single else WHOLE
    closed = select(func.count()).select_from(Suppression)
    numbers["letters.closed"] = uow.session.scalar(closed) or 0
    spent, most = spent_today(uow), budgets(uow)
    for word, channel in (("letters", Channel.EMAIL), ("sms", Channel.SMS)):
        numbers[f"{word}.today"], numbers[f"{word}.budget"] = spent[channel], most[channel]
    return numbers
