"""States of a petition for an assembly and the acts between them, as `data/petition.json` tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from obshto.modules.assembly import events
from obshto.modules.assembly.errors import AssemblyPetitionNotFromHere
from obshto.modules.assembly.models import AssemblyPetitionStep
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.platform.legal.procedure_checks import Vocabulary
from obshto.platform.legal.procedures import LawInForce, act_row, read_procedure
from obshto.platform.legal.terms import Rule
from obshto.platform.workflow import Machine, Transition, TransitionAct

DRAFT, COLLECTING, CHECKING, CONFIRMED = "draft", "collecting", "checking", "confirmed"
DISCARDED = "discarded"
PetitionWay = Transition[events.AssemblyPetitionFact]
CONDITIONS = ("signatures_are_enough", "signatures_are_too_few")
VOCABULARY = Vocabulary(
    source="modules/assembly/data/petition.json",
    # The clock ends what nobody works at, so that no signature waits for ever.
    actors={
        "starter": None,
        "clock": None,
        "desk": AssemblyPermission.PETITION,
        "caller": AssemblyPermission.CALL,
    },
    facts={
        "changed": events.AssemblyPetitionChanged,
        "discarded": events.AssemblyPetitionDiscarded,
        "filed": events.AssemblyPetitionFiled,
    },
    states=(DRAFT, COLLECTING, CHECKING, CONFIRMED, DISCARDED),
    acts=("start", "call", "lapse"),
    many={"conditions": CONDITIONS},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionAct(TransitionAct[events.AssemblyPetitionFact]):
    """An act upon a petition; an `is_usual` one comes next where all goes well. One without a
    button is taken by the notice of the assembly or by the clock.
    """

    conditions: tuple[str, ...] = ()
    is_usual: bool = False


def _act_of(row: Rule) -> PetitionAct:
    return PetitionAct(
        **act_row(row, VOCABULARY),
        conditions=tuple(row.get("conditions", ())),
        is_usual=row.get("is_usual", False),
    )


PROCEDURE = read_procedure(
    Path(__file__).parents[1] / "data" / "petition.json", VOCABULARY, _act_of
)
PETITION_STATES, PETITION_COLOURS = PROCEDURE.names, PROCEDURE.colours
HIDDEN = PROCEDURE.hidden  # what the public does not see
OVER = PROCEDURE.ended  # the time for which names are kept runs
PETITION_MACHINE = Machine(states=PETITION_STATES, refusal=AssemblyPetitionNotFromHere)
# For titles of what happened; what may be done says `petition_law`.
PETITION_WAYS: Mapping[str, PetitionWay] = {name: act.way for name, act in PROCEDURE.ever.items()}


def petition_law(steps: Sequence[AssemblyPetitionStep], *, on: date) -> LawInForce[PetitionAct]:
    """By which rows a petition goes: those of the day on which signing began, else of today."""
    begun = [step.happened_on for step in steps if step.name == "start"]
    return PROCEDURE.law(begun_on=min(begun, default=None), on=on)


def petition_acts_from(law: LawInForce[PetitionAct], state: str) -> list[PetitionAct]:
    """The ways out of a state, each with its button."""
    return [act for act in law.acts.values() if state in act.way.sources and act.has_button]
