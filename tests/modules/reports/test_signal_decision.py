"""A signal by law is decided on paper: numbered, with reasons, told to its sender."""

import re
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.reports.errors import NoWrittenDecision
from obshto.modules.reports.notifications import news
from obshto.modules.reports.services import disputes, report_actions
from obshto.modules.reports.services.codes import code_of
from obshto.modules.reports.services.retention import forget_person
from obshto.modules.reports.services.signal_decisions import decision_file, decision_of
from obshto.modules.reports.services.states import REFUSE
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.clock import day_of
from obshto.platform.documents.services import documents_of
from obshto.platform.legal.terms import term
from obshto.platform.unit_of_work import Principal

HERE, THERE = "gorno-selo", "dolno-selo"
REASONS = "Проверихме на място и не намерихме нередност."


@pytest.fixture
def clerk(house, config, sign_in):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports', 'news']"))
    engine.dispose()
    return sign_in(HERE, "secretary")


@pytest.fixture
def at_work(uow_in, clerk):
    """A unit of work of the clerk, for as long as it is open."""

    @contextmanager
    def begin():
        with uow_in(HERE) as begun:
            me = Principal(person_id=clerk.person_id, name="Проба Служител")
            object.__setattr__(begun, "principal", me)
            yield begun

    return begin


@pytest.fixture
def uow(at_work):
    with at_work() as begun:
        yield begun


def taken(uow, **more):
    words = {"kind": "dumping", "settlement": "00001", "words": "Тухли", "place": "до реката"}
    told = ReportWords(**words, name="Проба Подател", is_signal=True, channel="phone", **more)
    report = send_report(uow, told, request_id=uuid4())
    uow.session.flush()
    report_actions.take_report(uow, report, expected_version=report.version)
    uow.session.flush()
    return report


def decide(uow, report, words=REASONS):
    version = report.version
    report_actions.close_report(uow, report, REFUSE, words, expected_version=version)
    uow.session.flush()


def test_it_is_issued_once_with_a_number_and_told_in_seven_days(uow):
    report = taken(uow)
    decide(uow, report)
    decide(uow, report)
    (paper,) = uow.session.scalars(documents_of("reports", [report.id])).all()
    name, pdf = decision_file(uow, report)
    assert pdf.startswith(b"%PDF") and paper.number in name and paper.is_trial
    assert report.announce_by == term("apk_signal_told", starts_on=day_of(uow.now)).due_on
    assert report.announced_at is None  # nothing reaches the sender


def test_whom_a_letter_reaches_is_told_by_it(uow):
    by_letter = taken(uow, email="a@villages.example")
    decide(uow, by_letter)
    assert by_letter.announced_at
    fact = {"subject_id": str(by_letter.id), "number": by_letter.number}
    assert "писменото решение" in news(uow, fact)[1]
    by_phone = taken(uow, phone="+359888123456")
    decide(uow, by_phone)
    assert by_phone.announced_at


def test_a_sign_that_no_font_has_is_refused_and_the_words_stay(clerk, at_work):
    with at_work() as uow:
        report = taken(uow)
        key, version = report.id, report.version
        uow.commit()
    said = {"outcome": "refused", "words": "Не намерихме \U0001f9f1 тухли"}
    page = f"/console/reports/{key}/close"
    answer = clerk.post(page, {**said, "expected_version": version})
    assert answer.status_code == 422 and "знак, който шрифтът няма" in answer.text
    assert "Не намерихме" in answer.text


def test_another_decision_puts_the_first_out_of_force(uow):
    report = taken(uow)
    decide(uow, report)
    first = decision_of(uow, report).number
    version = report.version
    disputes.dispute_report(uow, report, "Има ги", expected_version=version)
    uow.session.flush()
    report_actions.take_report(uow, report, expected_version=report.version)
    uow.session.flush()
    decide(uow, report, "Проверихме пак.")
    assert decision_of(uow, report).number != first
    assert len(uow.session.scalars(documents_of("reports", [report.id])).all()) == 2


def test_the_sender_and_staff_with_a_purpose_open_it_and_nobody_else(
    clerk, client, at, at_work, sign_in
):
    with at_work() as uow:
        report = taken(uow)
        decide(uow, report)
        key, version, code = report.id, report.version, code_of(report.request_id)
        uow.commit()
    own = f"/reports/case/{code}"
    assert "Писмено решение" in client.get(own, base_url=at(HERE)).text
    answer = client.get(f"{own}/decision.pdf", base_url=at(HERE))
    assert answer.data.startswith(b"%PDF") and "no-store" in answer.headers["Cache-Control"]
    assert client.get(f"{own}/decision.pdf", base_url=at(THERE)).status_code == 404
    desk = f"/console/reports/{key}"
    assert clerk.get(f"{desk}/decision.pdf").status_code == 403
    page = clerk.get(desk).text
    assert "първо кажете по-долу защо" in page and "Съобщих решението" in page
    assert re.search(r"За съобщаване\W{1,3}1", clerk.get("/console/reports/violations").text)
    clerk.post(f"{desk}/look", {"purpose": "identity", "request_id": uuid4()})
    assert clerk.get(f"{desk}/decision.pdf").data.startswith(b"%PDF")
    other = sign_in(THERE, "registry_clerk")
    assert other.get(f"{desk}/decision.pdf").status_code == 404
    assert other.post(f"{desk}/announce", {"expected_version": version}).status_code == 404
    assert clerk.post(f"{desk}/announce", {"expected_version": version - 1}).status_code == 409
    assert clerk.post(f"{desk}/announce", {"expected_version": version}).status_code == 303
    assert "Съобщих решението" not in clerk.get(desk).text


def test_the_file_goes_with_the_name_and_the_number_stays(uow, sign_in):
    report = taken(uow)
    report.person_id = sign_in(HERE).person_id
    decide(uow, report)
    forget_person(uow, report.person_id)
    with pytest.raises(NoWrittenDecision):
        decision_file(uow, report)
    assert decision_of(uow, report).number
