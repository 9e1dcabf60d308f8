"""States of an assembly and of its questions and the acts between them, as rows in `data` tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.assembly import events
from obshto.modules.assembly.errors import AssemblyNotFromHere, DecisionNotFromHere
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.platform.legal.procedure_checks import Vocabulary
from obshto.platform.legal.procedures import LawInForce, act_row, read_procedure
from obshto.platform.legal.terms import Rule
from obshto.platform.workflow import Machine, Transition, TransitionAct

MAYOR, COUNCIL, VOTERS = "mayor", "council", "voters"
CALLERS: Mapping[str, LazyString] = {
    MAYOR: _("Кметът по своя инициатива"),
    COUNCIL: _("Общинският съвет с решение"),
    VOTERS: _("Гласоподаватели с подписка"),
}
DRAFT, ANNOUNCED, POSTPONED, OPEN = "draft", "announced", "postponed", "open"
HELD, CANCELLED, DISCARDED = "held", "cancelled", "discarded"
ASKED, ADOPTED, REJECTED, PROPOSED = "asked", "adopted", "rejected", "proposed"
REFUSED, DONE, DROPPED = "refused", "done", "dropped"
OPEN_VOTE, SECRET_VOTE, NO_VOTE = "open", "secret", "none"
BALLOTS: Mapping[str, LazyString] = {
    SECRET_VOTE: _("Тайно, с бюлетини"),
    OPEN_VOTE: _("Явно, с вдигане на ръка"),
    NO_VOTE: _("Не беше гласувано"),
}
Way = Transition[events.AssemblyFact]
CONDITIONS = ("notice_is_lawful", "count_begins_anew", "nobody_built_on_it")
_DATA = Path(__file__).parents[1] / "data"
_ACTORS = {"caller": AssemblyPermission.CALL, "recorder": AssemblyPermission.RECORD}
ASSEMBLY_WORDS = Vocabulary(
    source="modules/assembly/data/assembly.json",
    actors=_ACTORS,
    facts={
        "changed": events.AssemblyChanged,
        "announced": events.AssemblyAnnounced,
        "discarded": events.AssemblyDiscarded,
    },
    states=(DRAFT, ANNOUNCED, POSTPONED, OPEN, HELD, CANCELLED, DISCARDED),
    acts=("announce", "discard", "postpone", "open", "fail", "hold"),
    many={"conditions": CONDITIONS},
)
DECISION_WORDS = Vocabulary(
    source="modules/assembly/data/decisions.json",
    actors=_ACTORS,
    facts={"changed": events.AssemblyChanged, "followed": events.AssemblyDecisionFollowed},
    states=(ASKED, ADOPTED, REJECTED, PROPOSED, REFUSED, DONE, DROPPED),
    acts=("adopt", "reject", "skip"),
    days=("held",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyAct(TransitionAct[events.AssemblyFact]):
    """An act upon an assembly. One without a button is taken by a count or by the minutes."""

    conditions: tuple[str, ...] = ()


def _act_by(words: Vocabulary) -> Callable[[Rule], AssemblyAct]:
    def made(row: Rule) -> AssemblyAct:
        told = act_row(row, words)
        return AssemblyAct(**told, conditions=tuple(row.get("conditions", ())))

    return made


PROCEDURE = read_procedure(_DATA / "assembly.json", ASSEMBLY_WORDS, _act_by(ASSEMBLY_WORDS))
FOLLOWING = read_procedure(_DATA / "decisions.json", DECISION_WORDS, _act_by(DECISION_WORDS))
STATES, HIDDEN, ENDED = PROCEDURE.names, PROCEDURE.hidden, PROCEDURE.ended
COMING = PROCEDURE.group("coming")
QUESTION_STATES, SETTLED = FOLLOWING.names, FOLLOWING.ended
DECIDED = FOLLOWING.group("decided")  # adopted, and on its way
OWED = FOLLOWING.group("owed")  # somebody still has to do something
COLOURS: Mapping[str, str] = {**PROCEDURE.colours, **FOLLOWING.colours}
MACHINE = Machine(states=STATES, refusal=AssemblyNotFromHere)
DECISIONS = Machine(states=QUESTION_STATES, refusal=DecisionNotFromHere)
# For titles of what happened; what may be done say `law_of` and `following_law`.
WAYS: Mapping[str, Way] = {
    name: act.way for name, act in {**FOLLOWING.ever, **PROCEDURE.ever}.items()
}


def law_of(announced_on: date | None, *, on: date) -> LawInForce[AssemblyAct]:
    """By which rows an assembly goes: those of the day of its notice, a draft by today's."""
    return PROCEDURE.law(begun_on=announced_on, on=on)


def following_law(announced_on: date | None, *, on: date) -> LawInForce[AssemblyAct]:
    """By which rows the decisions of an assembly are followed."""
    return FOLLOWING.law(begun_on=announced_on, on=on)


def acts_from(law: LawInForce[AssemblyAct], state: str) -> list[AssemblyAct]:
    """What staff may press in that state."""
    return [act for act in law.acts.values() if state in act.way.sources and act.has_button]
