"""An answer as the database sees it: one lock, one transaction, and the brake counts within it."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from obshto.modules.polls.forms.ballots import BallotForm
from obshto.modules.polls.models import Poll
from obshto.modules.polls.services import polls

VILLAGE = "gorno-selo"
MOST = 8  # the stamp of the host is one, what begins and ends the transaction two
BRAKED = "SELECT coalesce(sum(times), 0) FROM shared.brake_count"
REFUSE = """CREATE FUNCTION t_gorno_selo.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100';
END $$"""
TRIGGER = """CREATE TRIGGER refuse BEFORE INSERT ON t_gorno_selo.polls_participation
FOR EACH ROW EXECUTE FUNCTION t_gorno_selo.refuse()"""


@pytest.fixture
def poll_id(uow_in, opened):
    with uow_in(VILLAGE) as uow:
        poll_id = opened(uow).id
        uow.commit()
        return poll_id


@pytest.fixture
def send(app, client, at, poll_id):
    """send(number, device): that option, from that device; the process has met the poll."""
    page = client.get(f"/polls/{poll_id}", base_url=at(VILLAGE)).text
    found = re.findall(r'name="(q[0-9a-f]{32})" type="radio" value="([0-9a-f-]{36})"', page)

    def post(number=1, device=None, **more):
        name, option = found[number - 1]
        fields = {"request_id": device or uuid4(), name: option} | more
        browser = app.test_client(use_cookies=False)
        browser.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        return browser.post(f"/polls/{poll_id}", data=fields, base_url=at(VILLAGE))

    assert post().status_code == 303
    return post


def test_an_answer_is_one_transaction_of_few_statements(send, sent):
    sent.clear()
    assert send().status_code == 303
    assert len(sent) <= MOST, "\n".join(sent)
    assert [one.split()[0] for one in sent].count("COMMIT") == 1
    assert sum("FOR UPDATE" in one for one in sent) == 1


def test_what_lands_is_counted_by_the_brake_once_and_what_is_refused_as_well(send, owner):
    device = uuid4()
    assert send(device=device).status_code == 303
    assert owner(BRAKED) == [(2,)]
    again = send(device=device)
    assert again.status_code == 422 and "Вече" in again.text
    assert owner(BRAKED) == [(3,)]
    assert owner("SELECT online FROM t_gorno_selo.polls_poll") == [(2,)]


def test_what_the_database_could_not_take_was_not_sent(send, owner, migrator):
    with migrator.begin() as connection:
        connection.exec_driver_sql(REFUSE)
        connection.exec_driver_sql(TRIGGER)
    assert send().status_code == 503
    with migrator.begin() as connection:
        connection.exec_driver_sql("DROP FUNCTION t_gorno_selo.refuse() CASCADE")
    assert owner(BRAKED) == [(1,)]
    assert send().status_code == 303
    assert owner(BRAKED) == [(2,)]


def test_beyond_the_limit_a_sum_is_asked_and_every_try_counts(send, owner, monkeypatch):
    monkeypatch.setattr(BallotForm, "rate_limit", replace(BallotForm.rate_limit, most=2))
    assert send().status_code == 303
    for number in (3, 4):
        asked = send()
        assert asked.status_code == 422 and "sum_token" in asked.text
        assert owner(BRAKED) == [(number,)]
    token = re.search(r'name="sum_token"[^>]*value="([^"]+)"', asked.text)[1]
    told = str(sum(map(int, token.split(".")[:2])))
    assert send(sum_token=token, sum_answer=told).status_code == 303
    assert owner("SELECT online FROM t_gorno_selo.polls_poll") == [(3,)]


def test_what_is_asked_anew_is_read_anew(send, uow_in, poll_id):
    """The definition that a process keeps is that of the stamp of its municipality."""
    with uow_in(VILLAGE) as uow:
        poll = uow.session.get(Poll, poll_id)
        polls.close_poll(uow, poll, expected_version=poll.version)
        uow.commit()
    late = send()
    assert late.status_code == 422 and "приключи" in late.text
