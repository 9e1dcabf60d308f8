"""A report past its term climbs, one step after another, until it has an outcome."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.reports.notifications import NOTIFICATIONS, climbed, for_council
from obshto.modules.reports.services import queries, report_actions
from obshto.modules.reports.services.escalation import STEPS, council_list, watch_terms
from obshto.modules.reports.services.states import REFUSE
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import Principal
from obshto.platform.web.formats import day
from obshto.tenants.api import people_who_may

HERE, THERE = "gorno-selo", "dolno-selo"
FACTS = ["late", "late-mayor", "late-everybody", "late-council"]


@pytest.fixture
def uow(uow_in, sign_in):
    clerk = sign_in(HERE, "registry_clerk").person_id
    with uow_in(HERE) as begun:
        object.__setattr__(begun, "principal", Principal(person_id=clerk, name="Проба Служител"))
        yield begun


def told(uow, kind="lamp"):
    words = ReportWords(kind=kind, settlement="00001", words="Не свети", place="до чешмата")
    report = send_report(uow, words, request_id=uuid4())
    uow.session.flush()
    report_actions.take_report(uow, report, expected_version=report.version)
    uow.session.flush()
    uow.facts.clear()
    return report


def overdue(uow, report, days=1):
    report.due_on = day_of(uow.now) - timedelta(days=days)
    uow.session.flush()


def wait(uow, report, days):
    """As if the step had been reached so many days ago."""
    report.escalated_on = day_of(uow.now) - timedelta(days=days)
    uow.session.flush()


def climb(uow, report):
    """To the top."""
    overdue(uow, report)
    for _ in STEPS:
        watch_terms(uow)
        wait(uow, report, 14)


def facts(uow):
    return [fact.name.rpartition(".")[2] for fact in uow.facts]


def test_each_step_is_taken_once_and_after_its_days(uow):
    report = told(uow)
    watch_terms(uow)
    assert facts(uow) == [] and report.escalation == 0
    overdue(uow, report, days=90)
    watch_terms(uow)
    watch_terms(uow)
    assert facts(uow) == FACTS[:1]  # a long time past it, and still one step in a day
    for step, (before, days) in enumerate(((6, 7), (6, 7), (13, 14)), start=2):
        wait(uow, report, before)
        watch_terms(uow)
        assert report.escalation == step - 1
        wait(uow, report, days)
        watch_terms(uow)
        watch_terms(uow)
        assert facts(uow) == FACTS[:step]
    wait(uow, report, 400)
    watch_terms(uow)
    assert facts(uow) == FACTS
    lines = [line.name for line in queries.lines_of(uow, report) if not line.is_internal]
    assert lines[-4:] == [step.line for step in STEPS.values()]


def test_a_later_term_takes_nothing_back_and_an_outcome_all(uow):
    report = told(uow)
    climb(uow, report)
    report.due_on = day_of(uow.now) + timedelta(days=30)
    uow.session.flush()
    watch_terms(uow)
    assert report in uow.session.scalars(council_list()).all()
    assert report in uow.session.scalars(queries.public(is_late=True)).all()
    words, version = "Не е на общината", report.version
    report_actions.close_report(uow, report, REFUSE, words, expected_version=version)
    uow.session.flush()
    assert report not in uow.session.scalars(council_list()).all()
    assert report.escalation == 0


def test_what_the_public_may_not_see_climbs_without_being_shown(uow):
    report = told(uow, kind="dumping")
    climb(uow, report)
    assert "late-unseen" in [line.name for line in queries.lines_of(uow, report)]
    assert report not in uow.session.scalars(council_list()).all()


@pytest.fixture
def on_top(house, config, uow_in):
    """One that has reached the council, one of which only the number is told."""
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports', 'news']"))
    engine.dispose()
    with uow_in(HERE) as uow:
        me = Principal(person_id=uuid4(), name="Проба Служител")
        object.__setattr__(uow, "principal", me)
        for kind, words in (("lamp", "Тъмно до чешмата"), ("dumping", "Тайно сметище")):
            report = told(uow, kind)
            report.public_words = words
            climb(uow, report)
        uow.commit()


def test_the_council_reads_a_list_without_names_and_takes_it_as_a_table(on_top, client, at):
    page = client.get("/reports/council", base_url=at(HERE)).text
    assert "Тъмно до чешмата" in page and "Тайно сметище" not in page
    assert "по-малко от десет" in page and "Не свети" not in page
    table = client.get("/reports/council.csv", base_url=at(HERE)).data.decode("utf-8-sig")
    assert "Тъмно до чешмата" in table and "Тайно" not in table and "Проба" not in table
    assert "Тъмно до чешмата" not in client.get("/reports/council", base_url=at(THERE)).text
    assert "Тъмно" not in client.get("/reports/council.csv", base_url=at(THERE)).text


def test_each_step_is_told_to_whom_it_reached(on_top, sign_in, uow_in):
    mayor, head = sign_in(HERE, "mayor"), sign_in(HERE, "secretary")
    told_to = {one.fact.name: one.to for one in NOTIFICATIONS if not callable(one.to)}
    with uow_in(HERE) as uow:
        reached = {
            name: set(people_who_may(uow, told_to[f"reports:report.{name}"]))
            for name in ("late", "late-mayor", "late-council")
        }
    assert reached["late"] == reached["late-council"] == {head.person_id}
    assert reached["late-mayor"] == {mayor.person_id}
    page = mayor.get("/console/reports/late").text
    assert "в списъка за съвета" in page and "/reports/council" in page


def test_the_letter_says_the_day_and_leads_to_the_list(uow):
    report = told(uow)
    overdue(uow, report)
    fact = {"subject_id": str(report.id), "number": report.number}
    _, body = climbed(uow, fact)
    assert "/console/reports/late" in body and day(report.due_on) in body
    assert "/reports/council" in for_council(uow, fact)[1]
