"""A right that ends: its holder is told in time, and asks again with what is known."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.eservices.models import Draft, ExpiryNotice, IssuedDocument
from obshto.modules.eservices.notifications import reader_of_case
from obshto.modules.eservices.services import letters
from obshto.modules.eservices.services.case_actions import take_case
from obshto.modules.eservices.services.case_queries import case_of, document_of
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.decisions import issue_document
from obshto.modules.eservices.services.definitions import stored_definitions
from obshto.modules.eservices.services.design.compiler import compiled
from obshto.modules.eservices.services.design.demonstration import household_service
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.renewals import watch_expiry
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.clock import today
from obshto.platform.questionnaires.values import as_text
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
CLERK = Principal(person_id=uuid4(), name="Веска Деловодна")
TAXI = next(told["cases"][0] for told in stored_definitions() if told["service"] == "2069")
TERM = {"from_day": str(today() - timedelta(325)), "to_day": str(today() + timedelta(40))}


class Permits:
    """Taxi permits of a village, issued so long ago and ending so soon."""

    def __init__(self, app):
        self.app = app

    def within(self, do, who=CLERK):
        with self.app.app_context(), open_uow(scope_named(VILLAGE), who) as uow:
            return do(uow)

    def issue(self, who=None, *, ends_in=40, lasted=325, email=""):
        """The ids of the case and of the document."""
        me = Principal(person_id=who.person_id, name="Пена") if who else Principal.system("test")
        ref = self.within(lambda uow: self._apply(uow, email), me)
        return self.within(lambda uow: self._decide(uow, ref, ends_in, lasted))

    def _apply(self, uow, email):
        request_id = uuid4()
        ref = start_draft(uow, service_of(uow, "2069"), request_id=request_id)
        draft = draft_at(uow, ref)
        given = {k: a if isinstance(a, str) else as_text(a) for k, a in TAXI["answers"].items()}
        draft.keep({**given, **TERM, "email": email})
        uow.session.flush()
        return send_application(uow, ref, expected_version=draft.version).id

    def _decide(self, uow, case_id, ends_in, lasted):
        case = case_of(uow, case_id)
        take_case(uow, case, expected_version=case.version)
        uow.session.flush()
        issue_document(uow, case, TAXI["official"], expected_version=case.version)
        uow.session.flush()
        document = document_of(uow, case)
        document.valid_until = today() + timedelta(ends_in)
        document.issued_at = uow.now - timedelta(lasted)
        return case.id, document.id

    def watch(self):
        self.within(watch_expiry, Principal.system("test"))


@pytest.fixture
def permits(offered, app):
    return Permits(app)


def facts(owner, name="eservices:document.expiring"):
    return owner(f"select subject from t_gorno_selo.audit_entry where act = '{name}'")


def test_the_holder_is_told_once_six_weeks_before(permits, citizen, owner):
    case, document = permits.issue(citizen, ends_in=45)
    permits.issue(citizen, ends_in=46)
    permits.issue(citizen, ends_in=30, lasted=20)  # it lasted fifty days
    permits.watch()
    permits.watch()
    assert owner("select document_id, way from t_gorno_selo.eservices_expiry") == [
        (document, "letter")
    ]
    fact = {"subject_id": str(case), "number": "1", "service": "2069"}

    def read(uow):
        return letters.expires(uow, fact), reader_of_case(uow, fact)

    (subject, text), readers = permits.within(read)
    assert readers == [citizen.person_id]
    assert f"/eservices/cases/{case}" in text and "важи до" in text
    assert "Пробна фирма" not in subject + text and "ВН1234АА" not in subject + text


def test_whom_no_address_reaches_staff_tell(permits, clerk, sign_in, owner):
    case, document = permits.issue(ends_in=40)
    permits.watch()
    page = clerk.get("/console/eservices/expiring?list=untold")
    assert "Няма имейл" in page.text and "За уведомяване (1)" in page.text
    assert "Изтичащи документи: за уведомяване" in clerk.get("/console/").text
    told = f"/console/eservices/expiring/{document}/told"
    assert clerk.post(told, {"expected_version": "9"}).status_code == 409
    for _ in range(2):
        assert clerk.post(told, {"expected_version": "1"}).status_code == 303
    assert "За уведомяване (0)" in clerk.get("/console/eservices/expiring").text
    rows = clerk.get("/console/eservices/expiring.csv").text
    assert "от служител" in rows and "Пробна фирма" not in rows
    noted = "select count(*) from t_gorno_selo.audit_entry where act like '%.expiry-told'"
    assert owner(noted) == [(1,)]
    stranger = sign_in(NEIGHBOUR, "registry_clerk", name="Друг", email="d@v.example")
    assert stranger.post(told, {"expected_version": "2"}).status_code == 404
    assert "(0)" in stranger.get("/console/eservices/expiring?list=untold").text


@pytest.fixture
def begun(permits, citizen):
    """Where a renewal begins, with the address that leads there and the document."""
    case, document = permits.issue(citizen)
    way, request = f"/eservices/cases/{case}/renew", {"request_id": uuid4()}
    began, again = (citizen.post(way, request) for _ in range(2))
    assert began.status_code == 303 and began.location == again.location
    return way, document, began.location


def test_what_is_known_is_carried_over_and_days_are_asked_anew(begun, permits, citizen):
    way, document, location = begun
    page = citizen.get(way)
    assert "Питаме отново" in page.text and "Пренасяме" in page.text
    assert location.endswith("/validity")

    def known(uow):
        draft = uow.session.scalars(select(Draft)).one()
        return draft.read(), draft.renews_id

    answers, renews = permits.within(known)
    assert renews == document and "ВН1234АА" in answers["vehicles"]
    assert answers["reg_no"] == "1234" and not {"from_day", "to_day"} & set(answers)


def test_what_is_asked_for_again_is_renewed_and_nobody_is_told(
    begun, permits, citizen, clerk, walking, owner
):
    way, _, location = begun
    assert "Подновете документа" in citizen.get("/eservices/mine").text
    year = str(today().year + 1)
    term = {"from_day": ["1", "1", year], "to_day": ["1", "12", year]}
    seen = walking.seen_on(citizen.get(location))
    assert citizen.post(location, {**term, "expected_version": seen}).status_code == 303
    ref = re.search(r"/drafts/([^/]+)/", location)[1]
    assert walking.send(citizen, ref).status_code == 303
    assert "Вече сте поискали нов документ" in citizen.get(way).text
    assert citizen.post(way, {"request_id": uuid4()}).status_code == 409
    assert "Подновете документа" not in citizen.get("/eservices/mine").text
    assert "Поискани отново (1)" in clerk.get("/console/eservices/expiring").text
    permits.watch()
    assert owner("select 1 from t_gorno_selo.eservices_expiry") == []


@pytest.mark.parametrize("state", ["withdrawn", "refused", "closed"])
def test_what_was_asked_for_in_vain_may_be_asked_for_again(permits, citizen, owner, state):
    case, document = permits.issue(citizen)
    later, _ = permits.issue(citizen, ends_in=400)

    def end(uow):
        row = case_of(uow, later)
        row.renews_id, row.state = document, state

    permits.within(end)
    assert "Подновете документа" in citizen.get("/eservices/mine").text
    begun = citizen.post(f"/eservices/cases/{case}/renew", {"request_id": uuid4()})
    assert begun.status_code == 303
    permits.watch()
    told = owner("select document_id from t_gorno_selo.eservices_expiry")
    assert told == [(document,)]


def test_before_its_day_nothing_begins(permits, citizen, owner):
    case, _ = permits.issue(citizen, ends_in=61)
    way = f"/eservices/cases/{case}/renew"
    assert "Може да подадете новото заявление от" in citizen.get(way).text
    assert citizen.post(way, {"request_id": uuid4()}).status_code == 409
    assert owner("select 1 from t_gorno_selo.eservices_draft") == []


def test_nobody_renews_what_is_anothers(permits, citizen, sign_in, visitor):
    case, _ = permits.issue(citizen)
    way = f"/eservices/cases/{case}/renew"
    other = sign_in(VILLAGE, name="Друг Пробов", email="drug@villages.example")
    for who in (other, sign_in(NEIGHBOUR, name="Съсед Пробов", email="s@v.example")):
        assert who.get(way).status_code == 404
        assert who.post(way, {"request_id": uuid4()}).status_code == 404
    assert visitor.get(way).status_code in (302, 303)


def test_what_does_not_end_is_not_renewed(citizen, sent):
    assert citizen.get(f"/eservices/cases/{sent}/renew").status_code == 409


def test_of_an_own_service_days_are_asked_anew():
    design = household_service()
    design["renewal"] = {"again": []}
    given = compiled(design, "own-1", 1)
    dates = {name for name, field in given["fields"].items() if field["type"] == "date"}
    assert set(given["renewal"]["again"]) == dates


def test_emptied_cases_are_left_alone(permits, citizen):
    case, document = permits.issue(citizen)

    def empty(uow):
        case_of(uow, case).is_emptied = True

    permits.within(empty)
    permits.watch()
    assert permits.within(lambda uow: uow.session.get(ExpiryNotice, document)) is None
    assert permits.within(lambda uow: uow.session.get(IssuedDocument, document)) is not None
