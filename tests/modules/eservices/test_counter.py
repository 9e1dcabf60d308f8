"""A clerk enters an application for somebody, on the form of the portal."""

import re
from uuid import uuid4

import pytest

from obshto.billing.charges.kinds import add_kind
from obshto.modules.eservices.notifications import entered, reader_of_entered
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.fees import catch_up
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer
from obshto.tenants.people.roles import STAFF_ROLES

CASES = "select channel, entered_by, person_id from t_gorno_selo.eservices_case"
DRAFTS = "select count(*) from t_gorno_selo.eservices_draft"
ENTER = "/console/eservices/enter"


def text(page):
    return page.text.replace("\xa0", " ")


def begin(clerk, channel="counter", request_id=None, service="1998"):
    form = {"request_id": request_id or uuid4(), "service": service, "channel": channel}
    answer = clerk.post(ENTER, form)
    assert answer.status_code == 303, answer.text
    return re.search(r"/enter/([0-9a-f-]{36})/", answer.location)[1]


def fill(clerk, draft_id, walking, **changed):
    for page, typed in walking.answers.items():
        path = f"{ENTER}/{draft_id}/{page}"
        typed = {name: changed.get(name, value) for name, value in typed.items()}
        expected_version = walking.seen_on(clerk.get(path))
        assert (
            clerk.post(path, {**typed, "expected_version": expected_version}).status_code == 303
        ), page


def send(clerk, draft_id, walking):
    expected_version = walking.seen_on(clerk.get(f"{ENTER}/{draft_id}"))
    return clerk.post(f"{ENTER}/{draft_id}/send", {"expected_version": expected_version})


@pytest.fixture
def entered_case(clerk, walking):
    """entered_case(channel, email): the address of the receipt of what the clerk entered."""

    def made(channel="counter", email=""):
        draft_id = begin(clerk, channel)
        fill(clerk, draft_id, walking, email=email)
        answer = send(clerk, draft_id, walking)
        assert answer.status_code == 303
        return answer.location

    return made


@pytest.mark.parametrize(
    ("channel", "said"), [("counter", "на гише"), ("phone", "по телефона"), ("post", "по пощата")]
)
def test_what_is_entered_says_by_whom_and_how(clerk, entered_case, owner, channel, said):
    receipt = clerk.get(entered_case(channel))
    assert receipt.status_code == 200
    assert f"Въведе го служител Веска Деловодна, {said}" in text(receipt)
    assert owner(CASES) == [(channel, "Веска Деловодна", None)]


def test_the_printed_receipt_has_the_number_and_a_code_that_opens_the_case(
    clerk, entered_case, visitor
):
    receipt = text(clerk.get(entered_case()))
    assert re.search(r"20\d\d-00001", receipt) and "подадено през портала" not in receipt
    code = re.search(r"(\d{4} ){4}\d{4}", receipt)[0]
    answer = visitor.post("/eservices/resume", {"code": code})
    case = visitor.get(visitor.get(answer.location).location)
    page = text(case)
    assert case.status_code == 200 and "Служител въведе заявлението Ви на гише" in page
    assert "Въведе заявлението вместо заявителя" in page and "Веска Деловодна" in page


def test_the_person_is_told_where_an_address_is_given(entered_case, queued, uow_in):
    entered_case("phone", "pena@villages.example")
    (fact,) = [a["payload"] for _, a in queued() if a.get("fact") == "eservices:application.sent"]
    with uow_in("gorno-selo") as uow:
        (reader,) = reader_of_entered(uow, fact)
        subject, letter = entered(uow, fact)
    assert reader.email == "pena@villages.example"
    assert "по телефона" in letter and "Пена" not in subject + letter
    assert re.search(r"Вижте го с кода си тук: https?://\S+/eservices/resume\b", letter)


def test_nobody_is_told_of_what_they_sent_themselves(sent, queued, uow_in):
    (fact,) = [a["payload"] for _, a in queued() if a.get("fact") == "eservices:application.sent"]
    with uow_in("gorno-selo") as uow:
        assert reader_of_entered(uow, fact) == []


def test_entering_twice_makes_one_draft_and_one_case(clerk, walking, owner):
    request_id = uuid4()
    first = begin(clerk, request_id=request_id)
    assert begin(clerk, request_id=request_id) == first and owner(DRAFTS) == [(1,)]
    fill(clerk, first, walking)
    expected_version = walking.seen_on(clerk.get(f"{ENTER}/{first}"))
    sent = [
        clerk.post(f"{ENTER}/{first}/send", {"expected_version": expected_version})
        for _ in range(2)
    ]
    assert sent[0].location == sent[1].location and len(owner(CASES)) == 1
    assert clerk.get(f"{ENTER}/{first}").location == sent[0].location


def test_what_is_missing_stops_the_clerk_too(clerk, walking, owner):
    draft_id = begin(clerk)
    assert "Остават въпроси без отговор" in text(clerk.get(f"{ENTER}/{draft_id}"))
    version = owner("select version from t_gorno_selo.eservices_draft")[0][0]
    assert clerk.post(f"{ENTER}/{draft_id}/send", {"expected_version": version}).status_code == 422
    assert owner(CASES) == []


def test_what_was_begun_at_home_goes_on_at_the_counter(clerk, visitor, walking, owner):
    code = walking.begin(visitor)
    walking.fill(visitor, code, {"acting": walking.answers["acting"]})
    answer = clerk.post(f"{ENTER}/code", {"code": code, "request_id": uuid4()})
    draft_id = re.search(r"/enter/([0-9a-f-]{36})/", answer.location)[1]
    assert clerk.get(f"{ENTER}/{draft_id}/discard").status_code == 200
    looks = "select part, object_id::text, purpose from t_gorno_selo.purposes_look"
    assert owner(looks) == []
    for _ in range(2):
        clerk.get(f"{ENTER}/{draft_id}")
    assert owner(looks) == [("eservices", draft_id, "entered")]
    rest = {page: typed for page, typed in walking.answers.items() if page != "acting"}
    for page, typed in rest.items():
        path = f"{ENTER}/{draft_id}/{page}"
        form = {**typed, "expected_version": walking.seen_on(clerk.get(path))}
        assert clerk.post(path, form).status_code == 303
    receipt = clerk.get(send(clerk, draft_id, walking).location)
    assert receipt.status_code == 200 and owner(CASES)[0][0] == "counter"
    assert visitor.get(f"/eservices/cases/{code}").status_code == 200


def test_a_code_that_opens_nothing_is_said(clerk, offered):
    for code in ("1" * 20, "12", "", "x" * 10_000):
        answer = clerk.post(f"{ENTER}/code", {"code": code, "request_id": uuid4()})
        assert answer.status_code == 422, code


def test_a_draft_opens_for_who_enters_it_and_nobody_else(
    clerk, colleague, citizen, sign_in, walking
):
    draft_id = begin(clerk)
    stranger = sign_in("dolno-selo", *STAFF_ROLES)
    for other in (colleague, stranger):
        for tail in ("", "/acting", "/discard"):
            assert other.get(f"{ENTER}/{draft_id}{tail}").status_code == 404
        assert other.post(f"{ENTER}/{draft_id}/send", {"expected_version": 1}).status_code == 404
    assert citizen.get(ENTER).status_code == 403
    assert citizen.get(f"/eservices/drafts/{draft_id}").status_code == 404


def test_a_colleague_prints_the_receipt_after_saying_what_for(clerk, colleague, entered_case):
    receipt = entered_case()
    assert colleague.get(receipt).status_code == 403
    case = receipt.removesuffix("/receipt")
    colleague.press(case, to="/look", purpose="substitute")
    assert colleague.get(receipt).status_code == 200


def test_a_draft_is_discarded(clerk, owner):
    draft_id = begin(clerk)
    assert clerk.press(f"{ENTER}/{draft_id}/discard").status_code == 303
    assert owner(DRAFTS) == [(0,)]


def test_every_service_of_the_catalogue_can_be_entered(clerk):
    offered = set(re.findall(r'<option value="([^"]+)"', clerk.get(ENTER).text))
    assert offered == set(catalogue_services())
    for key in catalogue_services():
        draft_id = begin(clerk, service=key)
        first = clerk.get(f"{ENTER}/{draft_id}")
        assert first.status_code == 200 and catalogue_services()[key].title in text(first), key


@pytest.fixture
def charged(offered, uow_in):
    """A service without questions of its own whose fee is paid before it is issued."""
    terms = Terms(
        is_online=False, fee_cents=1200, official="Проба", fee_kind="448007", pays_first=True
    )
    with uow_in("gorno-selo") as uow:
        add_kind(uow, code="448007", title="Административни услуги", request_id=uuid4())
        change_offer(uow, catalogue_services()["1992"], terms, expected_version=UNWRITTEN)
        uow.commit()


@pytest.mark.usefixtures("charged")
def test_a_general_application_is_charged_paid_at_the_counter_and_issued(
    clerk, walking, owner, uow_in
):
    receipt = enter_general(clerk, walking)
    [(case_id, cents)] = owner("select case_id::text, cents from t_gorno_selo.eservices_fee")
    assert cents == 1200 and "За плащане: 12,00 €" in text(receipt)
    till = re.search(r'href="(/console/billing/counter/[^"]+)"', receipt.text)[1]
    case = f"/console/eservices/{case_id}"
    assert clerk.press(case, to="/take").status_code == 303
    official = {"heading": "УДОСТОВЕРЕНИЕ", "text": "Нивата остава извън границите."}
    official["confirmed"] = "1"
    unpaid = clerk.press(f"{case}/issue", **official)
    assert unpaid.status_code == 422 and "Таксата още не е платена" in text(unpaid)
    assert clerk.press(till, given="20").status_code == 303
    with uow_in("gorno-selo") as uow:
        catch_up(uow)  # as the worker does that hears of it
        uow.commit()
    assert "таксата 12,00 € беше платена" in text(clerk.get(case))
    assert clerk.press(f"{case}/issue", **official).status_code == 303
    assert owner("select state from t_gorno_selo.eservices_case") == [("issued",)]


def test_a_service_without_questions_of_its_own_goes_from_the_counter_to_its_document(
    clerk, walking, owner
):
    """As a general application under its name: entered, in the queue, taken, issued."""
    title = catalogue_services()["1992"].title
    assert catalogue_services()["1992"].definition is None
    receipt = enter_general(clerk, walking)
    assert title in text(receipt) and "Нива край с. Раковица" in text(receipt)
    assert "АПК чл. 57, ал. 1" in text(receipt)
    assert title in text(clerk.get("/console/eservices/"))
    (case_id,) = owner("select id from t_gorno_selo.eservices_case")[0]
    case = f"/console/eservices/{case_id}"
    assert clerk.press(case, to="/take").status_code == 303
    official = {"heading": "УДОСТОВЕРЕНИЕ", "text": "Нивата остава извън границите."}
    official["confirmed"] = "1"
    assert clerk.press(f"{case}/issue", **official).status_code == 303
    assert owner("select state from t_gorno_selo.eservices_case") == [("issued",)]
    assert owner("select title from t_gorno_selo.eservices_document") == [(title,)]


def enter_general(clerk, walking):
    """The receipt of a general application that the clerk entered."""
    draft_id = begin(clerk, service="1992")
    pages = {name: walking.answers[name] for name in ("acting", "identity", "address", "contact")}
    pages |= {"wish": {"wish": "Нива край с. Раковица"}, "delivery": {"delivery": "office"}}
    for page, typed in pages.items():
        path = f"{ENTER}/{draft_id}/{page}"
        version = walking.seen_on(clerk.get(path))
        assert clerk.post(path, {**typed, "expected_version": version}).status_code == 303, page
    return clerk.get(send(clerk, draft_id, walking).location)
