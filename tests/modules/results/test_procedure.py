"""States and acts of the night as dated rows: a changed law moves the votes that come after it, a
broken row starts nothing.
"""

import json
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.modules.results.models import NightStep, VoteNight
from obshto.modules.results.services import night_acts, states
from obshto.modules.results.services.due_terms import next_step, publish_due
from obshto.platform.legal.errors import ProcedureBroken
from obshto.platform.legal.procedures import Procedure

DATA = Path(states.__file__).parents[1] / "data"
CHANGES = date(2028, 3, 1)
WORDS = {"bg": "Проверка", "en": "Check", "ro": "Verificare"}
FILES = {
    "result": (states.RESULT_WORDS, states.night_act, states.PROCEDURE),
    "protocol": (states.PROTOCOL_WORDS, states.protocol_act, states.READING),
}
days = st.dates(date(2026, 11, 1), date(2031, 12, 31))


def told_of(name):
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


def row_of(told, kind, name):
    return next(row for row in told[kind] if row["id"] == name)


def made(name, told):
    words, make, _ = FILES[name]
    return Procedure(told, words, make)


def changed(**more):
    """A law of March 2028: the governor looks at a result before anybody challenges it, in 48
    hours no longer in seven days; nobody appeals to the supreme court any more.
    """
    told = told_of("result")
    looked = {
        **row_of(told, "states", "challenged"),
        "id": "looked-at",
        "name": WORDS,
        "due": [{"owes": WORDS, "what": WORDS, "term": "zpu_publish", "runs_from": ["announce"]}],
    }
    passed = {**row_of(told, "acts", "keep"), "id": "pass", "sources": ["looked-at"]}
    announce = {**row_of(told, "acts", "announce"), "to": "looked-at"}
    told["states"].append({**looked, "from": CHANGES.isoformat(), **more})
    gone = {"id": "appeal", "is_gone": True}
    rows = (announce, {**passed, "to": "announced"}, gone)
    told["acts"] += [{**row, "from": CHANGES.isoformat(), **more} for row in rows]
    return told


def ways(law, state):
    return [(act.way.name, act.way.to, act.way.who) for act in states.acts_from(law, state)]


@given(days, days)
def test_a_law_of_the_future_moves_only_the_votes_that_come_after_it(vote_on, on):
    vote_on, on = sorted((vote_on, on))
    before = FILES["result"][2].law(begun_on=vote_on, on=on)
    after = made("result", changed()).law(begun_on=vote_on, on=on)
    for state in before.states:
        moves = vote_on >= CHANGES and state in ("counting", "kept", "annulled")
        assert (ways(after, state) != ways(before, state)) is moves
    assert ("looked-at" in after.states) == (vote_on >= CHANGES)


def test_a_transitional_rule_reaches_what_is_running_from_its_day_on():
    new = made("result", changed(also_running=True))
    vote_on = CHANGES - timedelta(days=9)
    for on, there in ((CHANGES - timedelta(days=1), True), (CHANGES, False)):
        assert ("appeal" in new.law(begun_on=vote_on, on=on).acts) is there


def test_who_owes_the_next_step_is_a_row_of_the_law_of_the_vote(app, monkeypatch):
    monkeypatch.setattr(states, "PROCEDURE", made("result", changed()))
    closed = datetime(2028, 3, 1, 18, tzinfo=UTC)
    steps = [NightStep(name="announce", happened_on=CHANGES)]
    law = states.law_of(CHANGES, on=CHANGES)
    with app.test_request_context():
        owed = next_step(
            law, VoteNight(state="looked-at"), steps, [], closed_at=closed, is_complete=True
        )
        assert (str(owed.owes), owed.due_on) == ("Проверка", date(2028, 3, 6))  # the 4th: Saturday


@pytest.mark.parametrize(
    ("is_complete", "reported_at", "owes", "hours"),
    [
        (False, None, "Секционните избирателни комисии", 24),
        (True, None, "Общинската избирателна комисия", 50),  # the last came two hours after
        (True, datetime(2026, 11, 16, tzinfo=UTC), "Общинската избирателна комисия", None),
    ],
)
def test_what_is_owed_in_the_night(app, is_complete, reported_at, owes, hours):
    closed = datetime(2026, 11, 15, 18, tzinfo=UTC)
    handed = SimpleNamespace(state="agreed", handed_at=closed + timedelta(hours=2))
    night = VoteNight(state="counting", reported_at=reported_at)
    law = states.law_of(date(2026, 11, 15), on=date(2026, 11, 16))
    with app.test_request_context():
        owed = next_step(law, night, [], [handed], closed_at=closed, is_complete=is_complete)
        assert str(owed.owes) == owes
    assert owed.due_at == (hours and closed + timedelta(hours=hours))
    assert (owed.why is None) is (hours is None)


def test_nothing_is_owed_of_the_count_once_a_result_is_final():
    law = states.law_of(date(2026, 11, 15), on=date(2026, 12, 1))
    night, closed = VoteNight(state="final"), datetime(2026, 11, 15, 18, tzinfo=UTC)
    assert next_step(law, night, [], [], closed_at=closed, is_complete=True) is None


def test_publication_runs_from_the_term_of_the_state_that_was_left():
    """A law of March 2028 gives three days for a challenge, by the row alone."""
    told = told_of("result")
    shorter = deepcopy(row_of(told, "states", "announced"))
    shorter["due"][0]["term"], shorter["from"] = "zpu_publish", CHANGES.isoformat()
    told["states"].append(shorter)
    new = made("result", told)
    for vote_on, due_on in (
        (CHANGES - timedelta(days=1), date(2028, 3, 16)),  # 6 + 7 = 13, a Monday; three more
        (CHANGES, date(2028, 3, 13)),  # 6 + 3 = 9; three more are a Sunday
    ):
        law = new.law(begun_on=vote_on, on=date(2028, 3, 20))
        known = {"announce": date(2028, 3, 6), "lapse": date(2028, 3, 20)}
        assert publish_due(law, law.acts["lapse"], "announced", known).term.due_on == due_on


@pytest.mark.parametrize(("name", "act"), [("result", "lapse"), ("protocol", "accept")])
def test_who_may_act_is_a_row(name, act):
    told = told_of(name)
    row = {**row_of(told, "acts", act), "who": "reader", "from": CHANGES.isoformat()}
    told["acts"].append(row)
    new, lead = made(name, told), states.ResultsPermission.LEAD
    for vote_on, who in (
        (CHANGES - timedelta(days=1), lead),
        (CHANGES, states.ResultsPermission.ENTER),
    ):
        assert new.law(begun_on=vote_on, on=CHANGES).acts[act].way.who is who


@pytest.mark.parametrize(
    ("name", "kind", "row", "key", "value", "says"),
    [
        ("result", "acts", "announce", "to", "nowhere", "'nowhere' is none of"),
        ("result", "acts", "announce", "conditions", ["luck"], "conditions"),
        ("result", "acts", "announce", "asks", "advice", "asks"),
        ("result", "acts", "lapse", "in_force", "some_day", "in_force"),
        ("result", "acts", "lapse", "who", "crowd", "who: 'crowd'"),
        ("result", "acts", "lapse", "told", {"bg": "Край"}, "told must say it in bg, en, ro"),
        ("result", "acts", "lapse", "from", "1.3.2028", "a day such as"),
        ("result", "states", "final", "colour", "mauve", "colour"),
        ("result", "states", "challenged", "due", [{"owes": WORDS}], "what must say it"),
        ("protocol", "acts", "accept", "sources", [], "sources"),
        ("protocol", "acts", "accept", "fact", "dreamt", "fact"),
        ("protocol", "acts", "accept", "article", None, "article is missing"),
        ("protocol", "acts", "agree", "is_gone", True, "no act ['agree']"),
        ("protocol", "states", "broken", "name", {}, "name must say it"),
    ],
)
def test_a_broken_row_is_told_with_its_place(name, kind, row, key, value, says):
    told = told_of(name)
    row_of(told, kind, row)[key] = value
    with pytest.raises(ProcedureBroken) as broken:
        made(name, told)
    assert says in str(broken.value)
    assert f"modules/results/data/{name}.json" in str(broken.value)


@pytest.mark.parametrize(
    ("state", "count"),
    [("counting", "term"), ("announced", "hours")],  # a term of hours, one of days
)
def test_hours_are_counted_only_where_the_law_gives_hours(state, count):
    told = told_of("result")
    row_of(told, "states", state)["due"][0]["count"] = count
    with pytest.raises(ProcedureBroken, match=f"{state}.*count must be hours where"):
        made("result", told)


@pytest.mark.parametrize(
    ("name", "stuck"),
    [
        *(("result", one) for one in ("announced", "challenged", "kept", "annulled", "supreme")),
        *(("protocol", one) for one in ("once", "different", "broken", "returned")),
    ],
)
def test_a_state_that_nothing_leaves_is_refused_with_its_name(name, stuck):
    told = told_of(name)
    for row in told["acts"]:
        row["sources"] = [one for one in row["sources"] if one != stuck] or [told["begins"]]
    with pytest.raises(ProcedureBroken) as broken:
        made(name, told)
    assert stuck in str(broken.value)


def test_each_condition_stands_in_a_row_and_what_waits_for_a_term_has_one():
    told = told_of("result")
    used = {word for row in told["acts"] for word in row.get("conditions", ())}
    assert used == set(states.CONDITIONS) == set(night_acts._GUARDS)
    for row in told["acts"]:
        waits = {"in_time", "term_is_over"} & set(row.get("conditions", ()))
        if waits or row.get("in_force") == states.END_OF_TERM:
            for source in row["sources"]:
                assert row_of(told, "states", source)["due"][0]["term"], (row["id"], source)
