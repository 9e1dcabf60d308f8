"""Ways on: what a page says may follow where the council refused, or has not said anything yet."""

from datetime import date

import pytest

from obshto.modules.referendum.forms.context import stations_of
from obshto.modules.referendum.models import ProposalStep, Referendum
from obshto.modules.referendum.services.states import (
    CALLED,
    CITIZENS,
    COUNCILLORS,
    DEBATE,
    REFUSED,
    REJECTED,
    law_of,
)
from obshto.modules.referendum.services.ways_on import ways_on
from obshto.platform.legal.reasons import sentence_of

ANNULLED, APPEALED, GOVERNOR = "annulled", "appealed", "governor"
DAYS = {"submit": date(2026, 11, 10), "reject": date(2026, 11, 20)}


def said(app, state, proposer=CITIZENS):
    law = law_of(DAYS["submit"], on=DAYS["reject"])
    with app.test_request_context():
        found = ways_on(law, state, DAYS, proposer=proposer)
        return [f"{sentence_of(why)} ({why.article})" for why in found]


def test_a_refusal_says_who_decides_and_until_when_the_question_waits(app):
    judged, cancelled, stays = said(app, REJECTED)
    assert "решава административният съд" in judged and "чл. 32, ал. 1" in judged
    assert "Ако съдът отмени отказа" in cancelled and "чл. 32, ал. 2" in cancelled
    # The year runs from the council's decision of 20 November 2026: 2027-11-20, a Saturday.
    assert "20\xa0ноември 2027" in stays.replace("ноември\xa0", "ноември ")


@pytest.mark.parametrize(("state", "number"), [(DEBATE, 2), (ANNULLED, 1), (GOVERNOR, 2)])
def test_only_a_committee_may_turn_to_the_governor(app, state, number):
    told = said(app, state)
    assert len(told) == number and "областния" in told[-1] + told[0] or "областният" in told[-1]
    if state != GOVERNOR:
        assert not any("от областния управител" in one for one in said(app, state, COUNCILLORS))


def test_nothing_more_is_said_where_the_next_step_says_all(app):
    assert said(app, CALLED) == said(app, REFUSED) == []


@pytest.mark.parametrize(
    ("state", "ahead"), [(DEBATE, ["call"]), (REJECTED, []), (APPEALED, []), (GOVERNOR, ["order"])]
)
def test_no_date_is_promised_where_the_council_refused(app, state, ahead):
    step = ProposalStep(name="submit", happened_on=DAYS["submit"], words="")
    row, law = Referendum(state=state, proposer=COUNCILLORS), law_of(None, on=DAYS["reject"])
    with app.test_request_context():
        stations = [one for one in stations_of(law, row, [step]) if one.on is None]
    assert len(stations) == len(ahead)
    if state == GOVERNOR:
        assert "Областният управител" in str(stations[0].title)
