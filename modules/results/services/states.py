"""States of a section's protocol and of a result, the acts between them, as rows in `data` tell.

By which rows a count goes is said by the day of its vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from obshto.modules.results import events
from obshto.modules.results.errors import NotInThisState
from obshto.modules.results.permissions import ResultsPermission
from obshto.platform.legal.procedure_checks import Vocabulary
from obshto.platform.legal.procedures import LawInForce, act_row, read_procedure
from obshto.platform.legal.terms import Rule
from obshto.platform.workflow import Machine, TransitionAct

# States that code or pages name, because something else hangs on them; the rows may have more.
MISSING, ONCE, RETURNED, AGREED, ABSENT = "missing", "once", "returned", "agreed", "absent"
COUNTING, ANNOUNCED, FINAL = "counting", "announced", "final"
READ, AGREE, DIFFER, CONTRADICT = "read", "agree", "differ", "contradict"
READINGS = (READ, AGREE, DIFFER, CONTRADICT)  # what follows when a person entered a protocol
AGAIN, RETURN, ACCEPT, MARK_ABSENT = "again", "return", "accept", "absent"
CLOSED, HANDED, IN_FORCE = "closed", "handed", "in_force"  # moments and days that are no acts
RESULT = "result"
END_OF_TERM, OWN_DAY = "end_of_term", "own_day"
CONDITIONS = ("in_time", "term_is_over", "protocols_are_whole", "result_falls")
_DATA = Path(__file__).parents[1] / "data"
_ACTORS = {"reader": ResultsPermission.ENTER, "lead": ResultsPermission.LEAD}
RESULT_WORDS = Vocabulary(
    source="modules/results/data/result.json",
    actors=_ACTORS,
    facts={"stepped": events.ResultStepped},
    states=(COUNTING, ANNOUNCED, FINAL),
    days=(CLOSED, HANDED, IN_FORCE),
    choices={"asks": (RESULT,), "in_force": (END_OF_TERM, OWN_DAY)},
    many={"conditions": CONDITIONS},
)
PROTOCOL_WORDS = Vocabulary(
    source="modules/results/data/protocol.json",
    actors=_ACTORS,
    facts={
        "read": events.ProtocolRead,
        "returned": events.ProtocolReturned,
        "settled": events.ProtocolSettled,
    },
    states=(MISSING, ONCE, RETURNED, AGREED, ABSENT),
    acts=READINGS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NightAct(TransitionAct[events.NightFact]):
    """An act of the night and after it; `asks` is what else it asks: the numbers of the result.

    A final result is `in_force` from the end of the term of the state that it left, or from the
    day of the act.
    """

    asks: str = ""
    in_force: str = OWN_DAY
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolAct(TransitionAct[events.ProtocolFact]):
    """An act upon a protocol. One without a button is taken by comparing what two people read."""


def night_act(row: Rule) -> NightAct:
    """The act of a row of `result.json`."""
    return NightAct(
        **act_row(row, RESULT_WORDS),
        asks=row.get("asks", ""),
        in_force=row.get("in_force", OWN_DAY),
        conditions=tuple(row.get("conditions", ())),
    )


def protocol_act(row: Rule) -> ProtocolAct:
    """The act of a row of `protocol.json`."""
    return ProtocolAct(**act_row(row, PROTOCOL_WORDS))


PROCEDURE = read_procedure(_DATA / "result.json", RESULT_WORDS, night_act)
READING = read_procedure(_DATA / "protocol.json", PROTOCOL_WORDS, protocol_act)
STATES, COLOURS, ENDED = PROCEDURE.names, PROCEDURE.colours, PROCEDURE.ended
PROTOCOL_STATES, PROTOCOL_COLOURS = READING.names, READING.colours
SETTLED = READING.ended  # nothing more is awaited of the section
COUNTED = READING.group("counted")
ACTS = PROCEDURE.ever  # for titles of what happened; what may be done says `law_of`
MACHINE = Machine(states=STATES, refusal=NotInThisState)
PROTOCOLS = Machine(states=PROTOCOL_STATES, refusal=NotInThisState)


def law_of(vote_on: date, *, on: date) -> LawInForce[NightAct]:
    """By which rows a result goes: those of the day of the vote."""
    return PROCEDURE.law(begun_on=vote_on, on=on)


def reading_law(vote_on: date, *, on: date) -> LawInForce[ProtocolAct]:
    """By which rows the protocols of sections are read and settled."""
    return READING.law(begun_on=vote_on, on=on)


def acts_from(law: LawInForce[NightAct], state: str) -> list[NightAct]:
    """What staff may press in a state."""
    return [act for act in law.acts.values() if state in act.way.sources and act.has_button]


def decisions_from(law: LawInForce[ProtocolAct], state: str) -> list[ProtocolAct]:
    """What staff may decide about a protocol in a state."""
    return [act for act in law.acts.values() if state in act.way.sources and act.has_button]


def is_open(law: LawInForce[ProtocolAct], state: str) -> bool:
    """Somebody may enter the protocol."""
    return any(state in law.acts[name].way.sources for name in READINGS)
