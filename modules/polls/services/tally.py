"""All that was counted of a poll, in one sealed field of its row.

Whoever reads the tables, a backup or the write-ahead log sees that somebody has answered, and not
what: neither the numbers nor what moved since the copy before (docs/decisions/0075).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from obshto.modules.polls.models import Poll
from obshto.platform.keys.encryption import decrypt_for, encrypt_for

SEALED_AS = "polls_poll.tally"
TEN = 10
DIVISIONS = ("by_age", "by_place")
Counts = Counter[str]  # by the id of the poll, of a question, of an option


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was chosen and written: ids of options, ids of the questions answered, free texts.

    `age` is a group of `AGES`, `place` an EKATTE code or `ELSEWHERE` (`tenants.api`); empty where
    nothing was said, and where the poll does not ask.
    """

    options: frozenset[UUID] = frozenset()
    questions: frozenset[UUID] = frozenset()
    texts: Mapping[UUID, str] = field(default_factory=dict)
    age: str = ""
    place: str = ""


@dataclass(slots=True)
class Tally:
    """How often each id was counted online and on paper; the poll's own id counts the answers.

    `by_age` and `by_place` are how many of each group said so, by the id of the poll or an option;
    `due` is, by channel, what will be shown next.
    """

    online: Counts = field(default_factory=Counter)
    paper: Counts = field(default_factory=Counter)
    by_age: dict[str, Counts] = field(default_factory=dict)
    by_place: dict[str, Counts] = field(default_factory=dict)
    due: dict[str, Counts] = field(default_factory=dict)

    def of(self, row_id: UUID) -> tuple[int, int]:
        """How often it was counted online and on paper."""
        return self.online[row_id.hex], self.paper[row_id.hex]

    def said(self, division: str, row_id: UUID) -> Counts:
        """How many of each group of `by_age` or `by_place`; who did not say is in none."""
        found: dict[str, Counts] = getattr(self, division)
        return found.get(row_id.hex, Counter())


def tally_of(poll: Poll) -> Tally:
    """What was counted until now."""
    if poll.tally is None:
        return _read(poll.counted or {})
    return _read(json.loads(decrypt_for(SEALED_AS, poll.id, poll.tally)))


def shown_of(poll: Poll) -> Tally:
    """What everybody may see of it while the poll is open."""
    return _read(poll.shown)


def sealed(poll: Poll, tally: Tally) -> bytes:
    """As it lies in the row of its poll."""
    told = {each.name: getattr(tally, each.name) for each in fields(tally)}
    return encrypt_for(SEALED_AS, poll.id, json.dumps(told))


def with_one_more(poll: Poll, answers: Answers, channel: str) -> dict[str, Any]:
    """The columns of the poll's row once these answers are counted too.

    What is shown of a channel moves with each full ten of it and stays ten behind: so neither a
    next step nor the last one, at the end, adds fewer than ten answers to what anybody has seen.
    """
    tally, own = tally_of(poll), poll.id.hex
    counted: Counts = getattr(tally, channel)
    options = [option.hex for option in answers.options]
    counted.update([own, *(question.hex for question in answers.questions), *options])
    for division, group in zip(DIVISIONS, (answers.age, answers.place), strict=True):
        for key in (own, *options) if group and poll.asks_about else ():
            getattr(tally, division).setdefault(key, Counter())[group] += 1
    changed: dict[str, Any] = {channel: counted[own], "counted": None}
    if counted[own] % TEN == 0:
        changed["shown"] = {**poll.shown, channel: tally.due.get(channel, {})}
        tally.due[channel] = Counter(counted)
    return {**changed, "tally": sealed(poll, tally)}


def _read(kept: Mapping[str, Any]) -> Tally:
    def nested(name: str) -> dict[str, Counts]:
        return {key: Counter(counts) for key, counts in kept.get(name, {}).items()}

    return Tally(
        online=Counter(kept.get("online", {})),
        paper=Counter(kept.get("paper", {})),
        by_age=nested("by_age"),
        by_place=nested("by_place"),
        due=nested("due"),
    )
