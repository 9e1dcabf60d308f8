"""Standing trial: a practice vote on any day, with codes for everybody, that begins again."""

import json
import re

import pytest
from support.belenios.client import seal_ballot, secret_of

from obshto.modules.voting.distribution.letters import credential_of
from obshto.modules.voting.models import BoardEvent, Election
from obshto.modules.voting.services import standing_trial, tool
from obshto.modules.voting.services.phone_votes import ElectionVotes
from obshto.modules.voting.services.stages import advance_all
from obshto.modules.voting.services.standing_trial import codes, renew_trial

VILLAGE = "gorno-selo"


@pytest.fixture
def renew(staff, uow_in):
    """What the worker does every quarter of an hour."""

    def run():
        with uow_in(VILLAGE) as uow:
            renew_trial(uow)
            uow.commit()

    return run


@pytest.fixture
def trials(uow_in):
    def read():
        with uow_in(VILLAGE) as uow:
            wanted = uow.session.query(Election).where(Election.is_standing)
            return [row.slug for row in wanted.order_by(Election.slug)]

    return read


@pytest.fixture
def page(client, at, staff):
    return lambda path="try", **more: client.get(f"/voting/{path}", base_url=at(VILLAGE), **more)


def test_anybody_gets_a_code_and_is_told_that_it_is_a_trial(renew, page, client, at):
    assert "Пробата тъкмо започва отначало" in page().text
    renew()
    answer = page()
    assert "Това е проба" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    [code] = re.findall(r"<code[^>]*>([\d ]{29})</code>", answer.text)
    assert code in codes()
    assert f"/voting/proba-1/booth#{code.replace(' ', '')}" in answer.text
    romanian = client.get("/ro/voting/try", base_url=at(VILLAGE)).text
    assert "/voting/proba-1/booth?lang=ro#" in romanian
    assert page("proba-1/booth.json").json["trial"] is True
    assert "/voting/try" in page("").text
    assert "не решават нищо" in page("proba-1").text
    assert client.get("/voting/proba-1", base_url=at("dolno-selo")).status_code == 404


@pytest.mark.skipif(not tool.is_here(), reason="belenios-tool is not installed")
def test_a_vote_of_the_trial_is_taken_and_found_again(renew, page, vote):
    renew()
    made = json.loads(standing_trial.FILE.read_text("utf-8"))
    vote.slug = "proba-1"
    credential = credential_of(made["uuid"], next(iter(codes())).split())
    secret = secret_of(made["uuid"], credential)
    answer = vote.cast(seal_ballot(made["raw"], secret, [[0, 1, 0, 0, 0]]))
    assert answer.status_code == 200, answer.text
    found = page(f"proba-1/trackers?tracker={answer.json['tracker'].replace('+', '%2B')}")
    assert "Бюлетината е в списъка и се брои" in found.text


def test_the_code_that_was_used_least_is_given(renew, page, uow_in):
    renew()
    first, *_, last = codes().values()
    with uow_in(VILLAGE) as uow:
        [trial] = uow.session.query(Election).where(Election.is_standing)
        for height, public in enumerate([one for one in codes().values() if one != last], 1):
            uow.session.add(_ballot(trial, height, public))
        uow.commit()
    [code] = re.findall(r"<code[^>]*>([\d ]{29})</code>", page().text)
    assert codes()[code] == last


def _ballot(trial, height, public):
    named = {"event_hash": f"{height}", "payload_hash": f"{height}", "body_hash": f"{height}"}
    return BoardEvent(
        election_id=trial.id,
        height=height,
        kind="Ballot",
        texts=["{}"],
        event="{}",
        credential=public,
        **named,
    )


def test_it_begins_again_when_its_days_are_over(renew, trials, page, uow_in):
    renew()
    renew()
    assert trials() == ["proba-1"]
    with uow_in(VILLAGE) as uow:
        [trial] = uow.session.query(Election).where(Election.is_standing)
        trial.closes_at = uow.now
        uow.commit()
    renew()
    renew()
    assert trials() == ["proba-1", "proba-2"]
    assert "/voting/proba-2/booth" in page().text
    listed = page("").text
    assert "/voting/proba-2" in listed
    assert "/voting/proba-1" not in listed
    assert page("proba-1").status_code == 200
    with uow_in(VILLAGE) as uow:
        advance_all(uow)
        assert uow.jobs == []


def test_it_begins_again_when_its_codes_are_used_up(renew, trials, monkeypatch, uow_in):
    renew()
    with uow_in(VILLAGE) as uow:
        [trial] = uow.session.query(Election).where(Election.is_standing)
        for height, public in enumerate([*codes().values()][:15], 1):
            uow.session.add(_ballot(trial, height, public))
        uow.commit()
    renew()
    assert trials() == ["proba-1"]
    monkeypatch.setattr(standing_trial, "MOST", 1)
    renew()
    assert trials() == ["proba-1", "proba-2"]


def test_it_is_no_work_of_the_commission(renew, staff, uow_in):
    renew()
    assert "кой сезон" not in staff.get("/console/voting/").text
    with uow_in(VILLAGE) as uow:
        assert ElectionVotes().votes(uow) == []
