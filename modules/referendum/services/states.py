"""States of a proposal and the acts between them, as the rows of `data/procedure.json` tell them.

By which rows a proposal goes is said by the day on which the council was told of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.referendum import events
from obshto.modules.referendum.errors import ReferendumNotFromHere
from obshto.modules.referendum.permissions import ReferendumPermission
from obshto.platform.clock import today
from obshto.platform.legal.procedure_checks import Vocabulary
from obshto.platform.legal.procedures import LawInForce, act_row, read_procedure
from obshto.platform.legal.reasons import in_language
from obshto.platform.legal.sizes import body_size
from obshto.platform.legal.terms import Rule
from obshto.platform.workflow import Machine, Transition, TransitionAct

COUNCILLORS, MAYOR, CITIZENS, DEMAND = "councillors", "mayor", "citizens", "demand"
PROPOSERS: Mapping[str, LazyString] = {
    CITIZENS: _("Инициативен комитет с подписка"),
    DEMAND: _("Инициативен комитет срещу решение на съвета"),
    COUNCILLORS: _("Общински съветници"),
    MAYOR: _("Кмет"),
}
WITH_PETITION = (CITIZENS, DEMAND)
# States that code names, because something else hangs on them; the rows may have more.
DRAFT, FORMED, COLLECTING, FILED = "draft", "formed", "collecting", "filed"
CHECKING, IRREGULAR, DEBATE = "checking", "irregular", "debate"
REJECTED, CALLED, ADOPTED, FAILED = "rejected", "called", "adopted", "failed"
TERMINATED, REFUSED, DISCARDED = "terminated", "refused", "discarded"
Way = Transition[events.ReferendumFact]
TERM_IS_OVER = "term_is_over"  # of conditions the one that hides a button until it holds
CONDITIONS = (
    "committee_is_whole",
    "question_may_be_asked",
    "in_time",
    "signatures_are_enough",
    "protocol_confirms",
    TERM_IS_OVER,
    "council_may_refuse",
    "appeal_is_in_time",
    "day_is_lawful",
    "vote_is_over",
    "result_falls",
)
VOCABULARY = Vocabulary(
    source="modules/referendum/data/procedure.json",
    # The proposer is a committee at its own desk, or staff that enter its paper.
    actors={
        "proposer": None,
        "municipality": ReferendumPermission.LEAD,
        "desk": ReferendumPermission.ENTER,
    },
    facts={
        "advanced": events.ReferendumAdvanced,
        "changed": events.ReferendumChanged,
        "called": events.ReferendumCalled,
        "decided": events.ReferendumDecided,
    },
    states=(
        *(DRAFT, FORMED, COLLECTING, FILED, CHECKING, IRREGULAR, DEBATE, REJECTED, CALLED),
        *(ADOPTED, FAILED, TERMINATED, REFUSED, DISCARDED),
    ),
    acts=("discard", "adopt", "fail", "overturn"),
    days=("ended", "decision"),
    parties=tuple(PROPOSERS),
    choices={
        "asks": ("date", "refusal", "result"),
        "window": ("scheduled", "demanded"),
        "size": ("zpu_committee",),
    },
    many={"conditions": CONDITIONS},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(TransitionAct[events.ReferendumFact]):
    """An act of those `proposers`; `asks` is what else it asks: a date of the vote, a result.

    The date is of a `window` that runs from the day of one of the acts `runs_from`, or its own. An
    `is_usual` act is what comes next where all goes well; with one that `begins` the council knows.
    """

    asks: str = ""
    proposers: tuple[str, ...] = tuple(PROPOSERS)
    conditions: tuple[str, ...] = ()
    window: str = ""
    runs_from: tuple[str, ...] = ()
    is_usual: bool = False
    begins: bool = False

    @property
    def is_committees(self) -> bool:
        """Done by whoever proposes; staff may do it for them from paper."""
        return self.way.who is None


def act_of(row: Rule) -> Act:
    """The act of a row."""
    told = act_row(row, VOCABULARY)
    if "size" in row:
        told["hint"] = _hint_with_size(row)
    return Act(
        **told,
        asks=row.get("asks", ""),
        proposers=tuple(row["proposers"]),
        conditions=tuple(row.get("conditions", ())),
        window=row.get("window", ""),
        runs_from=tuple(row.get("runs_from", ())),
        is_usual=row.get("is_usual", False),
        begins=row.get("begins", False),
    )


def _hint_with_size(row: Rule) -> LazyString:
    def told() -> str:
        asked = body_size(row["size"], on=today())
        return in_language(row["hint"]) % {"least": asked.least, "most": asked.most}

    return LazyString(told)


PROCEDURE = read_procedure(
    Path(__file__).parents[1] / "data" / "procedure.json", VOCABULARY, act_of
)
STATES, COLOURS, ENDED = PROCEDURE.names, PROCEDURE.colours, PROCEDURE.ended
HIDDEN = PROCEDURE.hidden  # what the public does not see
ACTS = PROCEDURE.ever  # for titles of what happened; what may be done says `law_of`
MACHINE = Machine(states=STATES, refusal=ReferendumNotFromHere)


def law_of(begun_on: date | None, *, on: date) -> LawInForce[Act]:
    """By which rows a proposal goes: those of the day on which the council was told of it.

    Before that nothing has begun: a draft goes by the law of the day.
    """
    return PROCEDURE.law(begun_on=begun_on, on=on)


def acts_from(law: LawInForce[Act], state: str, proposer: str) -> list[Act]:
    """The ways out of a state for this kind of proposer, each with its button."""
    return [act for act in _ways(law, state, proposer) if act.has_button]


def acts_ahead(law: LawInForce[Act], state: str, proposer: str) -> list[Act]:
    """What comes next where all goes well; nothing where the council said no."""
    line: list[Act] = []
    while usual := [one for one in _ways(law, state, proposer) if one.is_usual]:
        if usual[0] in line:
            break
        line.append(usual[0])
        state = usual[0].way.to
    return line


def _ways(law: LawInForce[Act], state: str, proposer: str) -> list[Act]:
    acts = law.acts.values()
    return [act for act in acts if state in act.way.sources and proposer in act.proposers]
