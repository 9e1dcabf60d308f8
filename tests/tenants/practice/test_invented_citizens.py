"""Invented citizens: they act in practice alone, at work, while somebody is there, not too much."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import Wanted, make_charge
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.case_actions import ask_for_more, take_case
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer
from obshto.modules.forum.settings import ForumSettings
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.reports.errors import NotTaken
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.report_actions import ask_reporter, take_report
from obshto.platform.modularity.practice import PracticeAct
from obshto.platform.modularity.registry import current_registry
from obshto.platform.permissions import Role
from obshto.platform.scope import PRACTICE
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.municipalities.lookup import find_municipality
from obshto.tenants.practice import invented_citizens as citizens

MONDAY_AT_WORK = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)
ACTS = (
    "select count(*) from {schema}.audit_entry where person_id in"
    " (select id from shared.person where issuer = 'practice')"
)


@pytest.fixture
def act(app, practice):
    """act(moment): the duty, at that moment."""

    def run(moment=MONDAY_AT_WORK):
        with app.app_context(), open_uow(None, Principal.system("Проба")) as region:
            citizens.act_as_citizen(replace(region, now=moment))

    return run


@pytest.fixture
def each(app, practice):
    """each(part, number, who): every act of the part, one after another; what each answered."""

    def run(part, number=0, who=0):
        with app.app_context():
            here = find_municipality(PRACTICE)
            acts = current_registry().parts[part].practice_acts
            citizen = citizens._citizen(who)
            return [citizens._does(here, citizen, number + at, [it]) for at, it in enumerate(acts)]

    return run


@pytest.fixture
def clerk(app, practice):
    """clerk(): work there as somebody of the staff."""
    who = Principal(person_id=uuid4(), name="Проба Чиновникова")

    def begin():
        return open_uow(practice, who)

    with app.app_context():
        yield begin


def done(owner, schema="t_uchebna"):
    return owner(ACTS.format(schema=schema))[0][0]


def test_one_act_in_each_slot_while_somebody_is_signed_in(act, sign_in, owner, monkeypatch):
    act()
    assert done(owner) == 0  # nobody is there
    sign_in(PRACTICE, Role.REGISTRY_CLERK)
    act()
    first = done(owner)
    assert first > 0
    act()  # the same slot
    assert done(owner) == first
    monkeypatch.setattr(citizens, "SLOT", timedelta(milliseconds=1))
    act(MONDAY_AT_WORK + timedelta(minutes=5))
    second = done(owner)
    assert second > first
    monkeypatch.setattr(citizens, "MOST_A_DAY", second)
    act(MONDAY_AT_WORK + timedelta(minutes=10))
    assert done(owner) == second
    assert done(owner, "t_gorno_selo") == done(owner, "t_dolno_selo") == 0


@pytest.mark.parametrize("hours", [-4, 9, 24 * 6], ids=["early", "late", "sunday"])
def test_they_rest_out_of_working_hours(act, sign_in, owner, hours):
    sign_in(PRACTICE)
    act(MONDAY_AT_WORK + timedelta(hours=hours))
    assert done(owner) == 0


def test_where_the_region_has_no_practice_nothing_happens(app, sign_in, owner):
    sign_in("gorno-selo", Role.EDITOR)
    with app.app_context(), open_uow(None, Principal.system("Проба")) as region:
        citizens.act_as_citizen(replace(region, now=MONDAY_AT_WORK))
    assert owner("select count(*) from shared.person where issuer = 'practice'") == [(0,)]


def test_a_clerk_who_asks_is_answered_before_anything_else(act, each, clerk, sign_in, monkeypatch):
    assert each("reports")[0]
    with clerk() as uow:
        report = uow.session.query(Report).one()
        take_report(uow, report, expected_version=report.version)
        uow.session.flush()
        ask_reporter(uow, report, "До коя къща е?", expected_version=report.version)
    sign_in(PRACTICE, Role.REGISTRY_CLERK)
    monkeypatch.setattr(citizens, "SLOT", timedelta(milliseconds=1))
    act()
    with clerk() as uow:
        assert uow.session.query(Report).one().state == "in_work"


def test_they_apply_and_bring_what_is_missing(each, clerk):
    with clerk() as uow:
        for key in ("1997", "1998"):
            terms = Terms(is_online=True, fee_cents=300, official="Проба")
            change_offer(uow, services(uow)[key], terms, expected_version=UNWRITTEN)
    assert each("eservices") == [True, False, False]
    with clerk() as uow:
        case = uow.session.query(Case).one()
        take_case(uow, case, expected_version=case.version)
        uow.session.flush()
        ask_for_more(uow, case, "Кой е номерът?", expected_version=case.version)
    assert each("eservices", 5)[1]
    with clerk() as uow:
        states = {one.state for one in uow.session.query(Case)}
    assert "in_work" in states and "asked" not in states


def test_they_propose_support_ask_and_talk(each, clerk):
    with clerk() as uow:  # the forum is never quiet: these acts take the hour that it is
        awake = ForumSettings(quiet_from=0, quiet_until=0)
        save_settings(uow, "forum", awake, expected_version=version_of(uow, "forum"))
    assert each("proposals") == [True, False, True, False]  # nobody supports their own
    assert each("proposals", 1, who=1)[1]  # another one does, and asks the author
    assert each("proposals", 2)[3]
    assert each("forum") == [True, True]
    with clerk() as uow:
        makers = {one.applicant for one in uow.session.query(CitizenProposal)}
    assert makers == set(citizens.NAMES[:2])


def test_they_pay_once_more_and_a_letter_comes_back(each, clerk):
    with clerk() as uow:
        kind = add_kind(uow, code="448007", title="Такса", request_id=uuid4())
        told = {"reference": "x", "kind": kind, "cents": 1000, "purpose": "Такса", "payer": None}
        charge_id = make_charge(uow, Wanted(**told)).id
    assert each("billing") == [True, True]
    assert each("billing", 7) == [False, False]  # one waits to be given back
    with clerk() as uow:
        sums = "select received_cents, settled_cents from billing_charge where id = :id"
        assert uow.session.execute(text(sums), {"id": charge_id}).one() == (2000, 1000)
    assert each("notify") == [True]
    assert each("notify", 1) == [False]


def test_who_is_refused_does_something_else(app, practice):
    def refused(uow, turn):
        raise NotTaken

    acts = [PracticeAct(run=refused), PracticeAct(run=lambda uow, turn: True)]
    with app.app_context():
        assert citizens._does(find_municipality(PRACTICE), citizens._citizen(0), 1, acts)
