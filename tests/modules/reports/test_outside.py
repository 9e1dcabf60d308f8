"""Not ours is followed: whose it is, since when; a neighbour gets it with consent, once."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select
from tests.modules.reports.conftest import (
    NAME,
    NEIGHBOUR,
    VILLAGE,
    WORDS,
    close,
    id_of,
    path_of,
    picture,
    take,
    version_of,
)

from obshto.modules.reports.models import Report, ReportLine, ReportPhoto
from obshto.modules.reports.services.neighbour_reports import pass_to_neighbour
from obshto.modules.reports.services.retention import remind_of_handed
from obshto.modules.reports.settings import ReportsSettings
from obshto.platform.permissions import Role
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.settings.services import save_settings

NOT_OURS = {"outcome": "passed-on", "words": "Препратихме го", "remind_on": "2030-01-02"}
TO_NEIGHBOUR = {**NOT_OURS, "body": "neighbour", "municipality": NEIGHBOUR}


def test_what_is_not_ours_names_the_body_and_is_asked_about(visitor, clerk, uow_in):
    own = path_of(visitor.tell())
    report_id = id_of(clerk)
    take(clerk, report_id)
    answer = close(clerk, report_id, **NOT_OURS)
    assert answer.status_code == 422 and "Изберете на коя служба е" in answer.text
    assert "Препратихме го" in answer.text
    assert close(clerk, report_id, **NOT_OURS, body="power").status_code == 303
    for path in (own, f"/reports/{report_id}"):
        assert "електроразпределителното дружество" in visitor.get(path).text
    desk = f"/console/reports/{report_id}"
    assert report_id in clerk.get("/console/reports/?list=outside").text
    with uow_in(VILLAGE) as uow:
        uow.session.scalars(select(Report)).one().remind_on = uow.now.date()
        uow.session.flush()
        remind_of_handed(uow)
        assert [fact.name for fact in uow.facts] == ["reports:report.reminded"]
    version = version_of(clerk, f"{desk}/body-answer")
    typed = {"words": "Идват в петък", "next_on": "", "expected_version": version}
    assert clerk.post(f"{desk}/body-answer", typed).status_code == 303
    assert "Идват в петък" in visitor.get(own).text
    assert report_id not in clerk.get("/console/reports/?list=outside").text


@pytest.fixture
def told(visitor, clerk):
    """A report with a photograph, taken by the clerk: its id, the sender's page."""
    own = path_of(visitor.tell(photos=picture(), email="sender@villages.example"))
    report_id = id_of(clerk)
    take(clerk, report_id)
    return report_id, own


def passed(uow_in, report_id):
    with uow_in(VILLAGE) as uow:
        pass_to_neighbour(uow, payload={"subject_id": report_id})
        uow.commit()


def test_without_the_senders_consent_nothing_leaves(told, clerk, uow_in):
    report_id, _ = told
    answer = close(clerk, report_id, **TO_NEIGHBOUR)
    assert answer.status_code == 422 and "не е разрешил" in answer.text
    passed(uow_in, report_id)
    with uow_in(NEIGHBOUR) as theirs:
        assert theirs.session.scalars(select(Report)).all() == []


@pytest.fixture
def arrived(told, visitor, clerk, uow_in, queued):
    """The sender agrees, the clerk passes it on, the job runs twice."""
    report_id, own = told
    page = visitor.get(own).text
    assert "Без Вашето съгласие не отива никъде" in page
    version = re.search(r'name="expected_version" value="(\d+)"', page)[1]
    yes = {"expected_version": version}
    assert visitor.post(f"{own}/passing/yes", yes).status_code == 303
    assert close(clerk, report_id, **TO_NEIGHBOUR).status_code == 303
    assert [name for name, _ in queued()].count("reports:pass-to-neighbour") == 1
    for _ in range(2):  # the job is tried again
        passed(uow_in, report_id)
    return told


def test_with_consent_the_neighbour_has_it_once(arrived, sign_in, uow_in):
    with uow_in(NEIGHBOUR) as theirs:
        arrived = theirs.session.scalars(select(Report)).one()
        assert (arrived.kind, arrived.words, arrived.applicant) == ("lamp", WORDS, NAME)
        assert arrived.email == "sender@villages.example" and not arrived.email_confirmed_at
        assert len(theirs.session.scalars(select(ReportPhoto)).all()) == 1
        lines = theirs.session.scalars(select(ReportLine).order_by(ReportLine.at)).all()
        assert [line.name for line in lines] == ["sent", "from-neighbour"]
    there = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    desk = there.get(f"/console/reports/{id_of(there)}").text
    assert WORDS in desk and "Препратихме го" not in desk and NAME not in desk
    with uow_in(VILLAGE) as uow:
        looks = uow.session.scalars(select(RecordedLook.purpose)).all()
        assert "handed" in looks


def test_the_sender_alone_has_the_code_by_which_it_is_followed_there(arrived, visitor, clerk):
    report_id, own = arrived
    page = visitor.get(own).text
    code = re.sub(r"\s", "", re.findall(r"(?:\d{4}\s){4}\d{4}", page)[-1])
    assert "Там номерът е" in page
    assert WORDS in visitor.get(f"/reports/case/{code}", village=NEIGHBOUR).text
    assert code not in re.sub(r"\s", "", clerk.get(f"/console/reports/{report_id}").text)


def test_only_a_neighbour_that_takes_reports_is_offered(told, clerk, visitor):
    report_id, _ = told
    page = clerk.get(f"/console/reports/{report_id}/close").text
    assert f'value="{NEIGHBOUR}"' in page and f'value="{VILLAGE}"' not in page
    ghost = close(clerk, report_id, **{**TO_NEIGHBOUR, "municipality": "ghost"})
    assert ghost.status_code == 422


def test_a_neighbour_that_takes_no_such_report_leaves_it_with_us(told, uow_in):
    report_id, _ = told
    with uow_in(NEIGHBOUR) as theirs:
        closed = replace(ReportsSettings(), lamp=0, other=0)
        save_settings(theirs, "reports", closed, expected_version=0)
        theirs.commit()
    with uow_in(VILLAGE) as uow:
        report = uow.session.get(Report, UUID(report_id))
        report.may_be_passed, report.neighbour, report.body = True, NEIGHBOUR, "neighbour"
        uow.commit()
    passed(uow_in, report_id)
    with uow_in(VILLAGE) as uow:
        report = uow.session.get(Report, UUID(report_id))
        assert report.remind_on and not report.neighbour_number
        assert "neighbour-refused" in uow.session.scalars(select(ReportLine.name)).all()
