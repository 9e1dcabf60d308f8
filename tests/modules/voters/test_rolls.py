"""Rolls of votes: frozen once, taken for the letters, checked by the vote, paper ballots."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.voters.models import FrozenVoterRoll, VoterRegistration, VoterRollEntry
from obshto.modules.voters.notifications import on_roll, who_is_on
from obshto.modules.voters.privacy import erase, export
from obshto.modules.voters.services.retention import ROLL_KEPT, forget_old
from obshto.modules.voting.distribution import letters
from obshto.modules.voting.errors import FewerCodes
from obshto.modules.voting.models import BoardEvent, Election, RollEntry
from obshto.modules.voting.services.elections import check_ready
from obshto.platform.clock import today
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
FIRST, SECOND, THIRD, UNLISTED = "5003150019", "5507220025", "6101040039", "9012120082"


def plain(answer):
    return answer.text.replace("\xa0", " ")


@pytest.fixture
def page(vote_id):
    return f"/console/voters/votes/{vote_id}"


@pytest.fixture
def frozen(bring, enter, secretary, page):
    """Two of three who registered stand in the list."""
    bring()
    enter(FIRST, "Опитка Опитова", delivery="post", address="ул. Първа 1")
    enter(SECOND, "Опитка Опитова", delivery="post", address="ул. Първа 1", language="ro")
    enter(UNLISTED, "Без Списък")
    assert secretary.press(page, "/freeze").status_code == 303
    return page


def roll_here(uow):
    return uow.session.scalars(select(FrozenVoterRoll)).one()


def test_the_roll_has_who_is_accepted_and_listed_and_no_more(frozen, enter, secretary, uow_in):
    enter(THIRD)  # too late for this one
    with uow_in(VILLAGE) as uow:
        first = roll_here(uow).fingerprint
        assert roll_here(uow).size == 2 and len(first) == 64
    fields = {"request_id": uuid4()}
    assert secretary.post(f"{frozen}/freeze", fields).status_code == 303  # a second click
    with uow_in(VILLAGE) as uow:
        assert roll_here(uow).fingerprint == first


def test_the_table_is_what_the_program_of_the_letters_reads(frozen, secretary, tmp_path, owner):
    answer = secretary.get(f"{frozen}/voters.csv")
    (tmp_path / "voters.csv").write_bytes(answer.data)
    read = letters.read_voters(tmp_path / "voters.csv")
    assert [(one["име"], one["адрес"]) for one in read] == [
        ("Опитка Опитова (№ 1)", "ул. Първа 1"),
        ("Опитка Опитова (№ 2)", "ул. Първа 1"),
    ]
    assert [letters.language_of(one) for one in read] == ["bg", "ro"]
    assert "Română</span>: 1" in secretary.get(frozen).text
    looks = owner("select purpose from t_gorno_selo.purposes_look where part = 'voters'")
    assert looks == [("letters",)] * 2


def test_a_new_roll_may_be_made_until_the_vote_is_announced(frozen, secretary, uow_in, vote_id):
    assert secretary.press(f"{frozen}/drop", "/drop").status_code == 303
    assert secretary.press(frozen, "/freeze").status_code == 303
    with uow_in(VILLAGE) as uow:
        uow.session.get(Election, vote_id).stage = "Setup"
        uow.commit()
    fields = {"expected_version": "1"}
    assert secretary.post(f"{frozen}/drop", fields).status_code == 409
    with uow_in(VILLAGE) as uow:
        assert roll_here(uow).size == 2


def test_the_vote_says_when_somebody_would_get_no_code(frozen, secretary, uow_in, vote_id):
    with uow_in(VILLAGE) as uow:
        row = uow.session.get(Election, vote_id)
        row.roll_size, row.trustee_count = 1, 3
        row.practised_on = today()
        with pytest.raises(FewerCodes, match="са 1, а хората в списъка от регистрации са 2"):
            check_ready(uow, row)
        row.roll_size = 2
        check_ready(uow, row)
    assert "voters.csv" in secretary.get(f"/console/voting/{vote_id}/roll").text


def test_nobody_registered_makes_no_roll(secretary, page, bring):
    answer = secretary.press(page, "/freeze")
    assert answer.status_code == 422 and "Няма приета регистрация" in plain(answer)


@pytest.fixture
def running(frozen, uow_in, vote_id):
    """It is announced; three codes, the third has voted."""
    with uow_in(VILLAGE) as uow:
        row = uow.session.get(Election, vote_id)
        row.stage, row.roll_size, row.announced_at = "Setup", 3, uow.now
        row.opens_at = uow.now - timedelta(hours=1)
        for name in ("101", "102", "103"):
            uow.session.add(RollEntry(election_id=vote_id, credential=name))
        told = {"texts": ["x"], "event": "x", "event_hash": "x", "payload_hash": "x"}
        told |= {"kind": "Ballot", "credential": "103", "body_hash": "x"}
        uow.session.add(BoardEvent(election_id=vote_id, height=1, **told))
        uow.commit()
    return frozen


def find(clerk, running, number):
    return clerk.press(f"{running}/paper", "/paper", egn=number)


def test_paper_comes_after_the_code_is_void_and_once(running, clerk, uow_in, owner, vote_id):
    page, once = find(clerk, running, FIRST).location, str(uuid4())
    fields = {"credential": "101", "request_id": once}
    for _ in range(2):  # the same form twice
        assert clerk.post(page, fields).status_code == 303
    with uow_in(VILLAGE) as uow:
        assert uow.session.get(RollEntry, (vote_id, "101")).is_void
        given = uow.session.scalars(select(VoterRollEntry.paper_at)).all()
        assert sum(one is not None for one in given) == 1
    assert "Втора не се дава" in plain(clerk.get(page))
    fields = {"credential": "102", "request_id": str(uuid4())}
    assert "вече е получил" in plain(clerk.post(page, fields))
    other = find(clerk, running, SECOND).location
    again = clerk.press(other, credential="101")  # the letter of the first
    assert again.status_code == 422 and "вече беше анулиран" in plain(again)
    told = [str(row) for row in owner("select t::text from t_gorno_selo.voters_entry t")]
    assert told and not any("101" in row.split(",")[2:] for row in told)


def test_who_has_voted_by_phone_gets_no_paper(running, clerk, uow_in, vote_id):
    answer = clerk.press(find(clerk, running, FIRST).location, credential="103")
    assert answer.status_code == 422
    assert "гласува отново с таблета" in plain(answer) and "103" in answer.text
    with uow_in(VILLAGE) as uow:
        assert not uow.session.get(RollEntry, (vote_id, "103")).is_void
        assert not any(uow.session.scalars(select(VoterRollEntry.paper_at)))


def test_paper_is_for_the_roll_and_while_people_vote(frozen, running, clerk, uow_in, vote_id):
    answer = find(clerk, running, UNLISTED)
    assert answer.status_code == 422 and "не е в списъка" in plain(answer)
    page = find(clerk, running, FIRST).location
    with uow_in(VILLAGE) as uow:
        uow.session.get(Election, vote_id).closes_at = uow.now - timedelta(minutes=1)
        uow.commit()
    fields = {"credential": "101", "request_id": str(uuid4())}
    assert "Хартиени бюлетини не се дават" in plain(clerk.post(page, fields))


def test_who_may_do_what(running, sign_in, clerk, secretary):
    admin, stranger = sign_in(VILLAGE, Role.ADMIN), sign_in(NEIGHBOUR, Role.SECRETARY)
    assert clerk.get(f"{running}/voters.csv").status_code == 403
    assert clerk.post(f"{running}/freeze").status_code == 403
    assert clerk.get(running).status_code == 200
    assert admin.get(f"{running}/paper").status_code == 403
    assert stranger.get(running).status_code == 404
    assert stranger.get(f"{running}/voters.csv").status_code == 404


def test_an_erased_person_stays_on_a_roll_in_use_without_an_account(
    bring, sign_in, secretary, page, uow_in
):
    bring()
    person = sign_in(VILLAGE)
    told = {"egn": FIRST, "name": "Опитка Опитова", "delivery": "office"}
    assert person.press("/voters/new", "/new", **told).status_code == 303
    assert secretary.press(page, "/freeze").status_code == 303
    assert "Площадът" in plain(person.get("/voters/mine"))
    with uow_in(VILLAGE) as uow:
        roll = roll_here(uow)
        fact = {"subject_id": str(roll.id), "title": roll.title}
        assert who_is_on(uow, fact) == {person.person_id}
        assert "Площадът" in on_roll(uow, fact)[0]
        assert export(uow, person.person_id)["rolls"][0]["vote"] == "Площадът"
        erase(uow, person.person_id)
        assert not any(export(uow, person.person_id).values())
        assert roll_here(uow).size == 1
        roll.closes_at = uow.now - ROLL_KEPT - timedelta(days=1)
        uow.session.get(Election, roll.vote_id).closes_at = roll.closes_at
        row = uow.session.scalars(select(VoterRegistration)).one()
        row.ended_at = roll.closes_at
        uow.session.flush()
        forget_old(uow)
        assert uow.session.scalars(select(VoterRegistration)).all() == []
