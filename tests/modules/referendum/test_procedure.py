"""States and acts as dated rows: a changed law moves what begins after it, a broken one starts
nothing.
"""

import json
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services import proposal_acts, states
from obshto.modules.referendum.services.due_terms import due_of
from obshto.modules.referendum.services.proposal_acts import ActWords, take_step
from obshto.modules.referendum.services.states import (
    COUNCILLORS,
    PROPOSERS,
    VOCABULARY,
    act_of,
    acts_from,
)
from obshto.platform.clock import day_of
from obshto.platform.legal import terms, thresholds
from obshto.platform.legal.errors import ProcedureBroken
from obshto.platform.legal.procedures import Procedure
from obshto.platform.legal.thresholds import threshold

TOLD = json.loads((Path(states.__file__).parents[1] / "data" / "procedure.json").read_text("utf-8"))
CHANGES = date(2028, 3, 1)
WORDS = {"bg": "Заседание", "en": "Hearing", "ro": "Audiere"}
OWED = {"owes": WORDS, "what": WORDS}
days = st.dates(date(2026, 11, 1), date(2031, 12, 31))


def row_of(kind, name, told=TOLD):
    return next(row for row in told[kind] if row["id"] == name)


def changed(**more):
    """A law of March 2028: a hearing of citizens before the council, and no governor any more."""
    hearing = {
        "id": "hearing",
        "name": WORDS,
        "colour": "blue",
        "due": [{"owes": WORDS, "what": WORDS, "term": "zpu_chair", "runs_from": ["submit"]}],
        "from": CHANGES.isoformat(),
    }
    heard = {
        **row_of("acts", "submit"),
        "id": "hear",
        "article": "ЗПУГДВМС чл. 29а",
        "sources": ["hearing"],
        "to": "debate",
        "who": "municipality",
        "is_usual": True,
        "begins": False,
        "conditions": [],
    }
    moved = [
        {**row_of("acts", "submit"), "to": "hearing"},
        {**row_of("acts", "reject"), "who": "desk"},
        heard,
        {"id": "turn", "is_gone": True},
    ]
    told = deepcopy(TOLD)
    told["states"].append({**hearing, **more})
    told["acts"] += [{**row, "from": CHANGES.isoformat(), **more} for row in moved]
    return told


def procedure(told):
    return Procedure(told, VOCABULARY, act_of)


def ways(law, state, proposer):
    return [(one.way.name, one.way.to, one.way.who) for one in acts_from(law, state, proposer)]


@given(days, days, st.sampled_from(sorted(PROPOSERS)))
def test_a_law_of_the_future_moves_only_what_begins_after_it(begun_on, on, proposer):
    begun_on, on = sorted((begun_on, on))
    old, new = procedure(TOLD), procedure(changed())
    before = old.law(begun_on=begun_on, on=on)
    after = new.law(begun_on=begun_on, on=on)
    for state in before.states:
        was = [
            (one.way.name, one.way.to, one.way.who) for one in acts_from(before, state, proposer)
        ]
        now = [(one.way.name, one.way.to, one.way.who) for one in acts_from(after, state, proposer)]
        if begun_on < CHANGES:
            assert now == was
        elif state in ("draft", "debate") and proposer == COUNCILLORS:
            assert now != was
    assert ("hearing" in after.states) == (begun_on >= CHANGES)


def test_a_transitional_rule_reaches_what_is_running_from_its_day_on():
    new = procedure(changed(also_running=True))
    begun_on = CHANGES - timedelta(days=9)
    for on, there in ((CHANGES - timedelta(days=1), True), (CHANGES, False)):
        assert ("turn" in new.law(begun_on=begun_on, on=on).acts) is there
    # A draft has not begun: it goes by the law of the day.
    assert new.law(begun_on=None, on=CHANGES).acts["submit"].way.to == "hearing"


def test_a_changed_state_says_who_owes_what_by_its_row(app):
    law = procedure(changed()).law(begun_on=CHANGES, on=CHANGES)
    with app.test_request_context():
        due = due_of(law, "hearing", {"submit": CHANGES}, proposer=COUNCILLORS)
        assert str(due.owes) == "Заседание"
    assert due.term.due_on == CHANGES + timedelta(days=5)  # Saturday and 3 March are days off


def test_a_proposal_that_runs_keeps_its_law_and_a_new_one_goes_by_the_new(uow_in, monkeypatch):
    with uow_in("gorno-selo") as uow:
        today = day_of(uow.now)
        told = json.loads(json.dumps(changed()).replace(CHANGES.isoformat(), today.isoformat()))
        monkeypatch.setattr(states, "PROCEDURE", procedure(told))
        monkeypatch.setattr(
            proposal_acts, "STATES", {**states.STATES, "hearing": "Обсъждане на граждани"}
        )
        monkeypatch.setattr(proposal_acts, "is_askable", lambda *_: True)
        running, fresh = (_proposal(uow, state) for state in ("debate", "draft"))
        running.begun_on = today - timedelta(days=1)
        uow.session.flush()
        take_step(
            uow,
            fresh,
            "submit",
            ActWords(happened_on=today),
            expected_version=fresh.version,
        )
        assert (fresh.state, fresh.begun_on) == ("hearing", today)
        kept = states.law_of(running.begun_on, on=today)
        assert kept.acts["reject"].way.who is states.ReferendumPermission.LEAD
        moved = states.law_of(fresh.begun_on, on=today)
        assert moved.acts["reject"].way.who is states.ReferendumPermission.ENTER


def _proposal(uow, state):
    words = dict.fromkeys(
        ("unit", "question", "yes_means", "no_means", "reasons", "decision", "entered_by"), ""
    )
    row = Referendum(
        **words,
        request_id=uuid4(),
        proposer=COUNCILLORS,
        decider="council",
        signers=4,
        state=state,
        channel="counter",
        changed_at=uow.now,
    )
    uow.session.add(row)
    uow.session.flush()
    return row


@pytest.mark.parametrize("also_running", [False, True])
def test_a_changed_share_and_term_hold_for_what_begins_after(monkeypatch, also_running):
    share = next(row for row in thresholds._TOLD["rules"] if row["id"] == "zpu_twentieth")
    chair = next(row for row in terms._TOLD["rules"] if row["id"] == "zpu_chair")
    more = {"from": CHANGES.isoformat(), "also_running": also_running}
    halved, longer = {**share, "share": [1, 40], **more}, {**chair, "days": 10, **more}
    monkeypatch.setitem(thresholds._TOLD, "rules", [*thresholds._TOLD["rules"], halved])
    monkeypatch.setitem(terms._TOLD, "rules", [*terms._TOLD["rules"], longer])
    before, on = CHANGES - timedelta(days=1), CHANGES + timedelta(days=5)

    def needed(begun_on):
        return threshold("zpu_twentieth", base=400, on=on, begun_on=begun_on).needed

    def counted(begun_on):
        return terms.term("zpu_chair", starts_on=on, begun_on=begun_on).days

    assert (needed(CHANGES), counted(CHANGES)) == (10, 10)
    assert (needed(before), counted(before)) == ((10, 10) if also_running else (20, 3))


@pytest.mark.parametrize(
    ("kind", "name", "key", "value", "says"),
    [
        ("acts", "call", "to", "nowhere", "'nowhere' is none of"),
        ("acts", "call", "sources", [], "sources"),
        ("acts", "call", "who", "president", "who: 'president'"),
        ("acts", "call", "fact", "dreamt", "fact"),
        ("acts", "call", "from", "1.3.2028", "a day such as"),
        ("acts", "call", "article", None, "article is missing"),
        ("acts", "call", "told", {"bg": "Насрочен"}, "told must say it in bg, en, ro"),
        ("acts", "call", "conditions", ["luck"], "conditions"),
        ("acts", "call", "proposers", ["crowd"], "proposers"),
        ("states", "dating", "colour", "mauve", "colour"),
        (
            "states",
            "irregular",
            "due",
            [{"owes": WORDS, "what": WORDS, "term": "zpu_no"}],
            "zpu_no",
        ),
        # The only ways out of them, and the only end of the whole: nobody may be left there.
        ("acts", "set-date", "sources", ["debate"], "no way out of dating"),
        ("acts", "cure", "to", "irregular", ""),
    ],
)
def test_a_broken_row_is_told_with_its_place_before_anything_starts(kind, name, key, value, says):
    told = deepcopy(TOLD)
    row_of(kind, name, told)[key] = value
    if not says:  # `end` still leads on: nothing is broken
        procedure(told)
        return
    with pytest.raises(ProcedureBroken) as broken:
        procedure(told)
    assert says in str(broken.value)
    assert "modules/referendum/data/procedure.json" in str(broken.value)


def test_a_law_that_strands_what_is_running_is_refused_with_its_day():
    told = changed(also_running=True)
    told["acts"] += [
        {"id": name, "is_gone": True, "also_running": True, "from": "2029-01-01"}
        for name in ("call", "reject", "set-date")
    ]
    with pytest.raises(ProcedureBroken) as broken:
        procedure(told)
    assert "on 2029-01-01" in str(broken.value) and "debate" in str(broken.value)


def test_no_row_stands_twice():
    told = deepcopy(TOLD)
    told["acts"].append(row_of("acts", "call"))
    with pytest.raises(ProcedureBroken, match="stands twice"):
        procedure(told)


def test_every_act_of_law_names_its_article_and_no_words_are_missing():
    without = {row["id"] for row in TOLD["acts"] if not row["article"]}
    assert without == {"discard"}  # a draft is ours, the law knows none
    assert (
        {name for row in TOLD["acts"] for name in row.get("conditions", ())}
        == set(states.CONDITIONS)
        == set(proposal_acts._GUARDS)
    )
