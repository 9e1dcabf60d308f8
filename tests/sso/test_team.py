"""The region's team: taken in and let go by a command, told in the region's log."""

from dataclasses import replace

import pytest

from obshto.ops.compose import identity_book
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.embedded.directory import EmbeddedDirectory
from obshto.sso.organizations import REGION
from obshto.sso.team import let_go, take_in
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    open_session,
    regional_roles_of,
    register_person,
    team,
)
from obshto.tenants.ports import DIRECTORY, DirectoryUnavailable

EMAIL = "maria@villages.example"
LOG = "select act, detail->>'title', detail->>'role' from shared.audit_entry order by seq"


@pytest.fixture
def region(app):
    """A work of whoever sits at the server, committed when the block ends."""
    with app.app_context():
        yield lambda: open_uow(None, Principal.system("obshto operators"))


@pytest.fixture
def book(app):
    """The accounts of the embedded provider; who was made is gone afterwards."""
    made = identity_book(app.extensions["obshto.config"])
    yield made
    with made.changing() as contents:
        contents.accounts = {k: a for k, a in contents.accounts.items() if a.email != EMAIL}


@pytest.fixture
def account(book):
    """Somebody who has an account already."""
    with book.changing() as contents:
        known = next(iter(contents.accounts.values()))
        mine = replace(known, subject="test:maria", email=EMAIL, name="Мария", belongs_to=())
        contents.accounts[mine.subject] = mine


def told(owner):
    return [tuple(row) for row in owner(LOG) if row[0].startswith("tenants:regional")]


def test_who_has_an_account_is_in_at_once_and_only_once(region, account, book, owner):
    for _ in range(2):
        with region() as uow:
            assert take_in(uow, email="Maria@villages.example", name="Мария") is True
    with region() as uow:
        [one] = team(uow)
        assert (one.name, one.email, one.subject) == ("Мария", EMAIL, "test:maria")
        assert regional_roles_of(one.person_id) == {Role.OPERATOR}
    assert book.read().accounts["test:maria"].belongs_to == (REGION,)
    assert told(owner) == [("tenants:regional-role.given", "Мария", "operator")]


def test_who_has_none_is_asked_first_and_holds_nothing_until_they_answer(region, book, owner):
    with region() as uow:
        assert take_in(uow, email=EMAIL, name="Мария Иванова") is False
        assert team(uow) == [] and told(owner) == []
    with book.changing() as contents:
        [invited] = [one for one in contents.accounts.values() if one.email == EMAIL]
        contents.accounts[invited.subject] = replace(invited, has_answered=True)
    with region() as uow:
        assert take_in(uow, email=EMAIL, name="Мария Иванова") is True
        assert [one.name for one in team(uow)] == ["Мария Иванова"]


def test_who_is_known_from_a_municipality_stays_who_they_are(region, account, app):
    with region() as uow:
        mine = Profile(
            issuer="embedded", subject="test:maria", name="М", email=EMAIL, works_in=("x",)
        )
        before = register_person(mine)
        take_in(uow, email=EMAIL, name="Мария")
        [one] = team(uow)
    assert (one.person_id, one.name) == (before, "М")


def test_who_is_let_go_is_out_at_once(region, account, book, owner):
    with region() as uow:
        take_in(uow, email=EMAIL, name="Мария")
        person_id = team(uow)[0].person_id
    open_session(
        person_id, municipality="ops", term=STAFF, proof=Proof(is_member=True, assurance=2)
    )
    with region() as uow:
        assert let_go(uow, EMAIL).name == "Мария"
    with region() as uow:
        assert team(uow) == [] and let_go(uow, EMAIL) is None
    assert owner("select 1 from shared.session") == []
    assert book.read().accounts["test:maria"].belongs_to == ()
    assert told(owner)[1:] == [("tenants:regional-role.taken", "Мария", "operator")]


def test_while_the_provider_is_away_nobody_comes_or_goes(region, account, app, monkeypatch):
    with region() as uow:
        take_in(uow, email=EMAIL, name="Мария")
    monkeypatch.setitem(app.extensions, DIRECTORY, Away())
    for act in (
        lambda w: take_in(w, email="other@v.example", name="Д"),
        lambda w: let_go(w, EMAIL),
    ):
        with pytest.raises(DirectoryUnavailable), region() as uow:
            act(uow)
    with region() as uow:
        assert [one.email for one in team(uow)] == [EMAIL]


class Away(EmbeddedDirectory):
    """A provider that does not answer."""

    def __init__(self):
        pass

    def _refuse(self, *args, **kwargs):
        raise DirectoryUnavailable

    ensure_organization = members = invite = remove = _refuse
