"""States and acts of assemblies as dated rows: a law of the future moves only what begins after."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from obshto.modules.assembly.models import Assembly, AssemblyQuestion
from obshto.modules.assembly.services import petition_states, queries, states
from obshto.platform.legal.errors import ProcedureBroken
from obshto.platform.legal.procedures import Procedure

DATA = Path(states.__file__).parents[1] / "data"
CHANGES = date(2028, 3, 1)
FILES = {
    "assembly": (states.ASSEMBLY_WORDS, states.PROCEDURE),
    "decisions": (states.DECISION_WORDS, states.FOLLOWING),
    "petition": (petition_states.VOCABULARY, petition_states.PROCEDURE),
}


def told_of(name):
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


def row_of(told, kind, name):
    return next(row for row in told[kind] if row["id"] == name)


def made(name, told):
    words, _ = FILES[name]
    make = states._act_by(words) if name != "petition" else petition_states._act_of
    return Procedure(told, words, make)


@pytest.mark.parametrize(
    ("name", "act", "who"),
    [
        ("assembly", "cancel", "recorder"),
        ("decisions", "order", "recorder"),
        ("petition", "refuse", "desk"),
    ],
)
def test_who_may_act_is_a_row_and_changes_for_what_begins_after(name, act, who):
    told = told_of(name)
    told["acts"].append({**row_of(told, "acts", act), "who": who, "from": CHANGES.isoformat()})
    old, new = FILES[name][1], made(name, told)
    later = CHANGES + timedelta(days=100)
    for begun_on in (date(2026, 11, 1), CHANGES - timedelta(days=1)):
        kept = new.law(begun_on=begun_on, on=later).acts[act].way.who
        assert kept is old.law(begun_on=begun_on, on=later).acts[act].way.who
    assert new.law(begun_on=CHANGES, on=later).acts[act].way.who is FILES[name][0].actors[who]


def test_a_decision_is_due_by_the_law_of_the_notice(app, monkeypatch):
    """The mayor gets the council's month from a law of March 2028 on."""
    told = told_of("decisions")
    state = deepcopy(row_of(told, "states", "adopted"))
    state["due"][0]["term"], state["from"] = "zpugd_assembly_council", CHANGES.isoformat()
    told["states"].append(state)
    monkeypatch.setattr(states, "FOLLOWING", made("decisions", told))
    question = AssemblyQuestion(state="adopted")
    for announced_on, days in ((CHANGES - timedelta(days=1), 7), (CHANGES, 31)):
        held = datetime(2028, 3, 20, 18, tzinfo=UTC)
        row = Assembly(announced_on=announced_on, starts_at=held, began_at=held)
        with app.app_context():
            due = queries.due_of(row, question)
        assert due.term.counted_to == date(2028, 3, 20) + timedelta(days=days)


@pytest.mark.parametrize("name", FILES)
def test_a_state_that_nothing_leaves_is_refused_with_its_file(name):
    told = told_of(name)
    stuck = next(
        row for row in told["states"] if not row.get("is_end") and row["id"] != told["begins"]
    )
    for row in told["acts"]:
        row["sources"] = [one for one in row["sources"] if one != stuck["id"]] or [told["begins"]]
    with pytest.raises(ProcedureBroken) as broken:
        made(name, told)
    assert f"modules/assembly/data/{name}.json" in str(broken.value)
    assert stuck["id"] in str(broken.value)
