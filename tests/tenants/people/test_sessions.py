"""A session belongs to one person, one municipality, one device; it ends."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex

import pytest

from obshto.platform import clock
from obshto.platform.permissions import Role
from obshto.tenants.api import (
    CITIZEN,
    SHARED_COMPUTER,
    STAFF,
    Profile,
    Proof,
    end_session,
    end_sessions,
    open_session,
    register_person,
)
from obshto.tenants.people import sessions
from obshto.tenants.people.sessions import recognise, sweep_sessions

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MINUTE = timedelta(minutes=1)


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment: datetime = clock.now()

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, by: timedelta) -> None:
        self.moment += by


@pytest.fixture
def watch(monkeypatch):
    standing = Watch()
    monkeypatch.setattr(sessions, "now", standing)
    return standing


@pytest.fixture
def person(app):
    with app.app_context():
        profile = Profile(
            issuer="test", subject=f"test:{token_hex(8)}", name="Мая Тошева", email=None
        )
        yield register_person(profile)


def enter(person, term=STAFF, **proof):
    return open_session(person, municipality=VILLAGE, term=term, proof=Proof(**proof))


def is_known(token, slug=VILLAGE):
    return recognise(token, slug) is not None


def test_a_session_tells_who_came_how_surely_and_when(person, watch):
    found = recognise(enter(person, assurance=2), VILLAGE)
    assert (found.person_id, found.name, found.assurance) == (person, "Мая Тошева", 2)
    assert found.assured_at == watch.moment


@pytest.mark.parametrize(
    ("term", "minutes"), [(STAFF, 30), (SHARED_COMPUTER, 20), (CITIZEN, 30 * 24 * 60)]
)
def test_who_rests_too_long_is_nobody(person, watch, term, minutes):
    token = enter(person, term)
    watch.forward(minutes * MINUTE)
    assert not is_known(token)
    token = enter(person, term)
    watch.forward((minutes - 1) * MINUTE)
    assert is_known(token)


def test_who_keeps_working_stays_known_until_ten_hours_are_over(person, watch):
    token = enter(person)
    for _ in range(23):
        watch.forward(26 * MINUTE)
        assert is_known(token)  # 9 h 58 min in all
    watch.forward(3 * MINUTE)
    assert not is_known(token)


def test_a_second_click_within_a_minute_writes_nothing(person, watch, owner):
    token = enter(person)
    ends = "select idle_ends_at from shared.session"
    before = owner(ends)
    watch.forward(timedelta(seconds=59))
    assert is_known(token)
    assert owner(ends) == before
    watch.forward(timedelta(seconds=2))
    assert is_known(token)
    assert owner(ends)[0][0] - before[0][0] == timedelta(seconds=61)


def test_a_session_of_one_municipality_is_nobody_in_another(person):
    token = enter(person)
    assert is_known(token) and not is_known(token, NEIGHBOUR)


@pytest.mark.parametrize("token", ["", "x", "' or 1=1 --", "\u0436" * 4000])
def test_a_made_up_token_is_nobody(person, token):
    enter(person)
    assert not is_known(token)


def test_every_sign_in_makes_a_new_token(person):
    tokens = {enter(person) for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 43 for token in tokens)  # 256 bits


def test_the_table_holds_no_token(person, owner):
    token = enter(person)
    [(stored,)] = owner("select token_hash from shared.session")
    assert bytes(stored) == sha256(token.encode()).digest()
    assert owner(f"select 1 from shared.session s where s::text like '%{token}%'") == []


def test_a_copy_of_the_table_opens_nothing(person, owner):
    enter(person)
    [(stored,)] = owner("select token_hash from shared.session")
    for guess in (bytes(stored).hex(), bytes(stored).decode("latin-1")):
        assert not is_known(guess)


def test_signing_out_ends_this_device_only(person):
    here, there = enter(person), enter(person)
    end_session(here)
    end_session(here)
    assert (is_known(here), is_known(there)) == (False, True)


def test_the_providers_session_ends_everywhere_it_reached(person):
    one, two = enter(person, idp_session="a"), enter(person, idp_session="a")
    other, none = enter(person, idp_session="b"), enter(person)
    end_sessions("a")
    assert [is_known(token) for token in (one, two, other, none)] == [False, False, True, True]


def test_what_has_ended_is_swept_here_and_what_lives_is_kept(person, watch, uow_in, owner):
    enter(person, SHARED_COMPUTER)
    open_session(person, municipality=NEIGHBOUR, term=SHARED_COMPUTER, proof=Proof())
    watch.forward(-21 * MINUTE)
    old = enter(person, SHARED_COMPUTER)
    for place in (NEIGHBOUR, "ops"):
        open_session(person, municipality=place, term=SHARED_COMPUTER, proof=Proof())
    watch.forward(21 * MINUTE)
    for _ in range(2):
        with uow_in(VILLAGE) as uow:
            sweep_sessions(uow)
            uow.commit()
    rows = "select municipality, count(*) from shared.session group by 1 order by 1"
    assert [tuple(row) for row in owner(rows)] == [(NEIGHBOUR, 2), (VILLAGE, 1)]
    assert not is_known(old)


def test_a_person_who_signs_in_again_is_the_same_with_the_new_name(app, person, owner):
    [(subject,)] = owner("select subject from shared.person")
    again = register_person(
        Profile(issuer="test", subject=subject, name="Мая Иванова", email="m@demo.example")
    )
    assert again == person
    assert recognise(enter(person), VILLAGE).name == "Мая Иванова"


def test_signing_out_over_http_leaves_the_old_cookie_worthless(sign_in, owner):
    admin = sign_in(VILLAGE, Role.ADMIN)
    token = admin.client.get_cookie("session", domain=f"{VILLAGE}.localhost").value
    assert admin.post("/sign-out").status_code == 303
    assert owner("select 1 from shared.session") == []
    admin.client.set_cookie("session", token, domain=f"{VILLAGE}.localhost")
    assert admin.get("/console/").status_code == 302


def test_a_page_of_somebody_signed_in_is_kept_by_nobody(sign_in):
    assert sign_in(VILLAGE).get("/").headers["Cache-Control"] == "private, no-store"
