"""Who was not let in stands in the right log, once, whatever happens meanwhile."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from obshto.platform.db.session import shared_session
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import BEFORE_COMMIT_HOOKS, Principal, open_uow
from obshto.sso.addresses import take_new_addresses
from obshto.sso.failures import note_failures
from obshto.sso.oidc import current_provider
from obshto.tenants.api import Profile, register_person
from obshto.tenants.people.failures import KEPT
from obshto.tenants.people.models import FailedSignIn
from obshto.tenants.ports import DIRECTORY, DirectoryUnavailable, Failure, Trouble

HERE, THERE = "gorno-selo", "dolno-selo"
LOG = "select municipality, person_name, detail->>'why' from shared.audit_entry"
LOG += " where act = 'sso:sign-in.refused' order by municipality, id"
KEPT_IDS = "select failure_id from shared.failed_sign_in order by at"


class Told:
    """A provider that tells of these, in pages; it notes from when on it was asked."""

    def __init__(self):
        self.all, self.asked, self.is_away, self.addresses = [], [], False, {}
        self.gate = None

    def failures(self, since):
        self.asked.append(since)
        if self.is_away:
            raise DirectoryUnavailable
        if self.gate:
            self.gate.wait(timeout=120)
        found = [one for one in self.all if one.at >= since]
        yield from (found[at : at + 2] for at in range(0, len(found) + 1, 2))

    def new_addresses(self, since):
        if self.is_away:
            raise DirectoryUnavailable
        return self.addresses

    def tell(self, name, subject=None, why=Trouble.PASSWORD, ago=timedelta(minutes=1)):
        at = datetime.now(UTC) - ago
        self.all.append(Failure(failure_id=name, at=at, why=why, subject=subject))


@pytest.fixture
def told(app, monkeypatch):
    asked = Told()
    monkeypatch.setitem(app.extensions, DIRECTORY, asked)
    return asked


@pytest.fixture
def note(app):
    """note(): the duty runs, as the worker runs it."""

    def run(duty=note_failures):
        with app.app_context(), open_uow(None, Principal.system("test")) as region:
            duty(region)

    return run


@pytest.fixture
def person(app):
    def make(subject, *places, name="Росица Пенкова"):
        with app.app_context():
            issuer = current_provider().config.name
            return register_person(
                Profile(issuer=issuer, subject=subject, name=name, email=None, works_in=places)
            )

    return make


def test_of_staff_each_municipality_knows_that_they_work_in(told, note, person, owner):
    person("s", HERE, THERE)
    told.tell("1", "s", Trouble.CODE)
    note()
    assert owner(LOG) == [(THERE, "Росица Пенкова", "code"), (HERE, "Росица Пенкова", "code")]


def test_of_a_citizen_and_of_nobody_the_region_alone_knows_and_without_a_name(
    told, note, person, owner
):
    citizen = person("c", name="Цветан Лазаров")
    told.tell("1", "c")
    told.tell("2", None, Trouble.UNKNOWN)
    told.tell("3", "never-here")
    note()
    assert [row[:2] for row in owner(LOG)] == [(None, "Непознат посетител")] * 3
    subjects = "select detail->>'subject_id' from shared.audit_entry where detail->>'why' > ''"
    assert {row[0] for row in owner(subjects)} == {str(citizen), None}


def test_the_same_is_told_once_however_often_we_ask(told, note, person, owner):
    person("s", HERE)
    for number in range(5):
        told.tell(str(number), "s", ago=timedelta(minutes=9 - number))
    for _ in range(3):
        note()
    assert len(owner(LOG)) == 5


def test_what_the_provider_wrote_down_late_is_not_missed(told, note, person, owner):
    person("s", HERE)
    told.tell("late", "s", ago=timedelta(minutes=8))
    late = told.all.pop()
    told.tell("1", "s", ago=timedelta(minutes=1))
    note()
    told.all.insert(0, late)
    note()
    assert owner(KEPT_IDS) == [("late",), ("1",)]


def test_we_ask_from_the_last_on_and_not_from_the_beginning(told, note):
    told.tell("1", ago=timedelta(minutes=1))
    note()
    note()
    first, second = told.asked
    assert datetime.now(UTC) - first >= KEPT
    assert datetime.now(UTC) - second < timedelta(minutes=15)


def test_a_clock_of_the_provider_that_ran_ahead_makes_nobody_deaf(told, note, owner):
    told.tell("ahead", ago=timedelta(days=-2))
    note()
    told.tell("1", ago=timedelta(minutes=1))
    note()
    assert len(owner(KEPT_IDS)) == 2


def test_broken_off_in_the_middle_it_goes_on_and_tells_nothing_twice(
    app, told, note, person, owner, monkeypatch
):
    """The commit that fails stands for kill -9: what it would have kept is not there at all."""
    person("s", HERE)
    for number in range(3):
        told.tell(str(number), "s", ago=timedelta(minutes=9 - number))
    commits = []

    def dies(uow):
        if any(fact.name == "sso:sign-in.refused" for fact in uow.facts):
            commits.append(uow)
            if len(commits) == 2:
                raise KeyboardInterrupt

    before = app.extensions[BEFORE_COMMIT_HOOKS]
    monkeypatch.setitem(app.extensions, BEFORE_COMMIT_HOOKS, (*before, dies))
    with pytest.raises(KeyboardInterrupt):
        note()
    assert (len(owner(LOG)), owner(KEPT_IDS)) == (1, [("0",)])
    note()
    assert (len(owner(LOG)), owner(KEPT_IDS)) == (3, [("0",), ("1",), ("2",)])


def test_two_at_once_tell_it_once(told, note, person, owner):
    person("s", HERE)
    for number in range(6):
        told.tell(str(number), "s", ago=timedelta(minutes=9 - number))
    told.gate = threading.Barrier(2)
    both = [threading.Thread(target=note) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=120)
    assert (len(told.asked), len(owner(LOG))) == (2, 6)


def test_while_the_provider_is_away_nothing_is_lost(told, note, owner):
    told.tell("1")
    told.is_away = True
    note()
    assert owner(LOG) == []
    told.is_away = False
    note()
    assert len(owner(LOG)) == 1


def test_after_three_months_it_is_forgotten_and_does_not_come_again(told, note, owner, app):
    told.tell("1")
    note()
    old = datetime.now(UTC) - KEPT - timedelta(days=2)
    with app.app_context(), shared_session() as shared:
        shared.execute(update(FailedSignIn).values(at=old))
        shared.commit()
    told.all.clear()
    told.tell("1", ago=KEPT + timedelta(days=2))
    note()
    assert (owner(KEPT_IDS), len(owner(LOG))) == ([], 1)


def test_the_municipality_reads_whose_and_why_and_the_neighbour_does_not(
    told, note, person, sign_in
):
    person("s", HERE)
    told.tell("1", "s", Trouble.PAUSED)
    note()
    page = sign_in(HERE, Role.ADMIN).get("/console/audit/").text
    assert "Росица Пенкова" in page and "входът е спрян за кратко след много опити" in page
    assert "Росица Пенкова" not in sign_in(THERE, Role.ADMIN).get("/console/audit/").text


def test_who_proves_a_new_address_gets_letters_there(told, note, person, owner):
    person("s", HERE)
    person("other", HERE)
    told.addresses = {"s": "nov@example.com", "gone": "nikoj@example.com"}
    for _ in range(2):
        note(take_new_addresses)
    told.is_away = True
    note(take_new_addresses)
    addresses = "select subject, email from shared.person where subject in ('s', 'other')"
    assert sorted(owner(addresses)) == [("other", None), ("s", "nov@example.com")]


@pytest.mark.both
def test_a_wrong_code_stands_in_the_log_of_both_municipalities_once(
    provider, surfer, other_surfer, owner
):
    """From the provider's page to the log, with each of the providers."""
    surfer.get(provider.site.at(HERE) + "/account")
    surfer.submit("/sign-in")
    provider.enter(surfer, "editor")  # so that the house knows where they work
    begun = datetime.now(UTC) - timedelta(minutes=1)
    other_surfer.get(provider.site.at(HERE) + "/console/news/")
    other_surfer.submit("/sign-in")
    provider.fail(other_surfer, "editor", "918273")
    for _ in range(2):
        with provider.site.app.app_context(), open_uow(None, Principal.system("test")) as region:
            note_failures(region)
    ours = f"{LOG.partition(' order')[0]} and detail->>'tried_at' > '{begun.isoformat()}'"
    told = [(place, why) for place, _, why in owner(ours)]
    assert sorted(told) == [(THERE, "code"), (HERE, "code")]
    everything = str(owner("select * from shared.audit_entry"))
    assert "918273" not in everything and "@villages.example" not in everything
