"""Who was let go at the provider is out within minutes."""

from dataclasses import replace
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.membership import end_sessions_of_the_departed
from obshto.sso.oidc import current_provider
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    appoint_in_region,
    end_sessions_of,
    open_session,
    register_person,
    session_behind,
    step_in,
)
from obshto.tenants.people.sessions import recognise
from obshto.tenants.ports import DIRECTORY, DirectoryUnavailable

HERE, THERE = "gorno-selo", "dolno-selo"


class Asked:
    """A provider whose members can be let go, and that can be away."""

    def __init__(self):
        self.members, self.is_away = {(HERE, "s"), (THERE, "s"), ("ops", "s")}, False

    def belongs(self, municipality, subject):
        if self.is_away:
            raise DirectoryUnavailable
        return (municipality, subject) in self.members


@pytest.fixture
def provider(app, monkeypatch):
    asked = Asked()
    monkeypatch.setitem(app.extensions, DIRECTORY, asked)
    return asked


@pytest.fixture
def inside(app):
    """Their sessions in both municipalities and at the region's desk; one as a citizen."""
    with app.app_context():
        name = current_provider().config.name
        person = register_person(Profile(issuer=name, subject="s", name="Мая", email=None))
        made = [(place, True) for place in (HERE, THERE, "ops")] + [(HERE, False)]
        return [
            (place, open_session(person, municipality=place, term=STAFF, proof=Proof(is_member=m)))
            for place, m in made
        ]


@pytest.fixture
def check(app, uow_in, inside):
    """check() runs the job of the first village; who is still known, in the order of `inside`."""

    def run():
        with uow_in(HERE) as uow:
            end_sessions_of_the_departed(uow)
            uow.commit()
            return [recognise(token, place) is not None for place, token in inside]

    return run


def test_who_belongs_works_on(provider, check):
    assert check() == [True] * 4


def test_who_was_let_go_is_out_here_and_nowhere_else(provider, check):
    provider.members.remove((HERE, "s"))
    assert check() == [False, True, True, False]


def test_the_regions_team_is_asked_after_too(provider, check):
    provider.members.remove(("ops", "s"))
    assert check() == [True, True, False, True]


def test_while_the_provider_is_away_nobody_is_put_out(provider, check):
    provider.members.clear()
    provider.is_away = True
    assert check() == [True] * 4


def test_who_left_the_regions_team_is_inside_no_municipality(provider, check, app, inside):
    with app.app_context(), open_uow(None, Principal.system("test")) as region:
        person_id = session_behind(inside[0][1]).person_id
        appoint_in_region(person_id, Role.OPERATOR)
        who = replace(region, principal=Principal(person_id=person_id, name="Мая"))
        step_in(who, THERE, reason="Помощ", minutes=60, request_id=uuid4())
    check()
    with app.app_context():
        assert recognise(inside[1][1], THERE).step_in
        end_sessions_of(person_id, municipality="ops")  # nobody has looked at that page for long
    provider.members.remove(("ops", "s"))
    check()
    with app.app_context():
        assert recognise(inside[1][1], THERE).step_in is None
