"""What happens beside the straight way: longer terms, two signatures, complaints, ratings."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from obshto.modules.eservices.errors import NotLonger, NotOverYet
from obshto.modules.eservices.models import Draft, Offer
from obshto.modules.eservices.services.case_queries import case_of, term_of
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.complaints import complain
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.extensions import extend, extensions_of
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.ratings import code_of_rating, rate
from obshto.modules.eservices.services.reminders import remind_of_drafts, watch_terms
from obshto.modules.eservices.services.retention import empty_old_cases
from obshto.modules.eservices.services.statistics import Satisfaction, told_apart, year_of
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.clock import day_of
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

T = "t_gorno_selo.eservices"
ISSUE = {"as_of": ["20", "11", "2026"], "debts": "none", "debts_list": "", "before": "банка"}
ACTS = "select count(*) from t_gorno_selo.audit_entry where act = 'eservices:{}'"


def text(page):
    return page.text.replace("\xa0", " ")


def issue(clerk, case_id):
    page = clerk.get(f"/console/eservices/{case_id}/issue")
    expected_version = (
        page.text.split('name="expected_version"')[1].split('value="')[1].split('"')[0]
    )
    return clerk.post(
        f"/console/eservices/{case_id}/issue",
        {**ISSUE, "expected_version": expected_version, "confirmed": "1"},
    )


@pytest.fixture
def head(offered, sign_in):
    return sign_in("gorno-selo", Role.SECRETARY, name="Ана Секретарска", email="a@v.example")


@pytest.fixture
def issued(clerk, taken):
    assert issue(clerk, taken).status_code == 303
    return taken


@pytest.fixture
def slip(issued, uow_in):
    """Where the case is rated."""
    with uow_in("gorno-selo") as uow:
        return f"/eservices/rate/{issued}/{code_of_rating(case_of(uow, UUID(issued)))}"


# -- known already ----------------------------------------------------------------------------


def test_what_is_known_is_not_asked_again_and_that_is_said(citizen, sent, walking):
    ref = walking.begin(citizen, "2071")
    page = text(citizen.get(f"/eservices/drafts/{ref}/identity"))
    assert "Пена Иванова Пробова" in page and "общината вече знае" in page
    walking.fill(citizen, ref, {"identity": walking.answers["identity"]})
    assert "общината вече знае" not in text(citizen.get(f"/eservices/drafts/{ref}/identity"))


def test_nobody_elses_answers_are_known(sent, sign_in, visitor, walking):
    other = sign_in("gorno-selo", name="Друга Пробова", email="d@v.example")
    for person in (other, visitor):
        ref = walking.begin(person, "2071")
        page = person.get(f"/eservices/drafts/{ref}/acting")
        assert "вече знае" not in text(page)
        assert "Пена" not in person.get(f"/eservices/drafts/{ref}").text


# -- nothing is forgotten ---------------------------------------------------------------------


def test_a_draft_that_nobody_touched_is_reminded_of_once(citizen, walking, uow_in, owner):
    ref = walking.begin(citizen)
    for days in (0, 4, 4):
        with uow_in("gorno-selo") as uow:
            uow.session.get(Draft, UUID(ref)).saved_at = uow.now - timedelta(days=days)
            uow.session.flush()
            remind_of_drafts(uow)
            uow.commit()
        assert owner(ACTS.format("draft.forgotten")) == [(int(days > 0),)]


def test_a_term_that_ends_is_told_once_to_each(taken, uow_in, owner):
    for days, nearing, passed in ((5, 0, 0), (1, 1, 0), (1, 1, 0), (-1, 1, 1), (-1, 1, 1)):
        with uow_in("gorno-selo") as uow:
            case = case_of(uow, UUID(taken))
            case.due_on = day_of(uow.now) + timedelta(days=days)
            uow.session.flush()
            watch_terms(uow)
            uow.commit()
        told = [owner(ACTS.format(f"term.{word}"))[0][0] for word in ("nearing", "passed")]
        assert told == [nearing, passed], days


# -- a longer term ----------------------------------------------------------------------------


def test_a_term_is_longer_by_a_rule_of_the_law_and_the_person_reads_why(
    citizen, clerk, walking, owner, uow_in
):
    case_id = of_the_apk(citizen)
    clerk.press(f"/console/eservices/{case_id}", to="/take")
    path = f"/console/eservices/{case_id}/extend"
    words = "Чакаме съгласие на РЗИ."
    assert clerk.press(path, rule="apk_opinion", words=words).status_code == 303
    page = text(citizen.get(f"/eservices/cases/{case_id}"))
    assert words in page and "АПК чл. 57, ал. 7" in page and "Срокът е удължен" in page
    with uow_in("gorno-selo") as uow:
        case = case_of(uow, UUID(case_id))
        assert case.due_on == term_of(case).due_on
        assert (term_of(case).counted_to - case.starts_on).days == 21
        assert extensions_of(case) == {}  # once
    assert owner(ACTS.format("term.extended")) == [(1,)]


def test_no_other_rule_makes_it_longer(taken, uow_in):
    with uow_in("gorno-selo") as uow:
        case = case_of(uow, UUID(taken))
        case.assignee_id = None  # as this work, which is nobody's
        uow.session.flush()
        with pytest.raises(NotLonger):
            extend(uow, case, "apk_opinion", "Защото", expected_version=case.version)


def of_the_apk(citizen):
    """A case of the general procedure; the other ones of these tests are of taxes."""
    who = Principal(person_id=citizen.person_id, name="Пена Пробова")
    with citizen.app.app_context(), open_uow(scope_named("gorno-selo"), who) as uow:
        ref = start_draft(uow, catalogue_services()["1997"], request_id=uuid4())
        draft = draft_at(uow, ref)
        draft.keep(latest("1997").cases[0]["answers"])
        uow.session.flush()
        return str(send_application(uow, ref, expected_version=draft.version).id)


# -- two signatures ---------------------------------------------------------------------------


@pytest.fixture
def of_two(offered, uow_in, citizen, clerk, walking):
    """A case whose decision needs two, prepared by the clerk."""
    with uow_in("gorno-selo") as uow:
        uow.session.scalars(select(Offer).where(Offer.service == "1998")).one().needs_second = True
        uow.commit()
    ref = walking.begin(citizen)
    walking.fill(citizen, ref)
    case_id = walking.send(citizen, ref).location.split("/cases/")[1][:36]
    clerk.press(f"/console/eservices/{case_id}", to="/take")
    assert issue(clerk, case_id).location.endswith("said=eservices.proposed")
    return case_id


def test_who_prepared_it_does_not_sign_it_another_does(of_two, clerk, colleague, owner):
    mine = text(clerk.get(f"/console/eservices/{of_two}/proposal"))
    assert "Вторият подпис е на друг служител" in mine and '/sign"' not in mine
    version = owner(f"select version from {T}_case")[0][0]
    assert (
        clerk.post(f"/console/eservices/{of_two}/sign", {"expected_version": version}).status_code
        == 403
    )
    path = f"/console/eservices/{of_two}/proposal"
    [(address, fields)] = [f for f in colleague.forms(path) if f[0].endswith("/sign")]
    for _ in range(2):  # a double click
        assert colleague.post(address, fields).status_code == 303
    assert owner(f"select count(*) from {T}_document") == [(1,)]
    assert owner(f"select state from {T}_case") == [("issued",)]
    assert owner(f"select count(*) from {T}_proposal") == [(0,)]


def test_what_is_not_right_goes_back_and_the_person_does_not_read_why(
    of_two, citizen, clerk, colleague, owner
):
    path = f"/console/eservices/{of_two}/proposal"
    colleague.press(path, to="/give-back", words="Грешна дата")
    assert owner(f"select state from {T}_case") == [("in_work",)]
    assert "Грешна дата" in text(clerk.get(f"/console/eservices/{of_two}"))
    assert "Грешна дата" not in text(citizen.get(f"/eservices/cases/{of_two}"))


# -- the document in the hand -----------------------------------------------------------------


def test_what_is_to_be_given_waits_in_a_list_until_it_is_given(issued, clerk, citizen, owner):
    queue = "/console/eservices/?list=hand"
    assert issued in clerk.get(queue).text
    [(address, fields)] = [
        form for form in clerk.forms(f"/console/eservices/{issued}") if form[0].endswith("/hand")
    ]
    for _ in range(2):
        assert clerk.post(address, fields).status_code == 303
    assert issued not in clerk.get(queue).text
    assert owner(ACTS.format("document.handed")) == [(1,)]
    assert "Получихте документа на гишето" in text(citizen.get(f"/eservices/cases/{issued}"))


# -- complaints -------------------------------------------------------------------------------


def test_a_complaint_speaks_of_a_refusal_only_after_one(clerk, citizen, taken):
    path = f"/eservices/cases/{taken}/complain"
    before = text(citizen.get(path))
    assert "отказ се обжалва" not in before and "Този отказ" not in before
    clerk.press(f"/console/eservices/{taken}/refuse", words="Лицето не е посочило имота.")
    assert "Самият отказ се обжалва отделно" in text(citizen.get(path))


def test_a_complaint_has_a_number_and_is_answered_by_who_oversees(
    taken, citizen, clerk, head, owner
):
    path = f"/eservices/cases/{taken}/complain"
    [(address, fields)] = citizen.forms(path)[-1:]
    for _ in range(2):  # a double click
        assert citizen.post(address, {**fields, "words": "Никой не вдига."}).status_code == 303
    rows = owner(f"select id, year, sequence, words from {T}_complaint")
    assert len(rows) == 1 and "вдига".encode() not in bytes(rows[0][3])
    (case_number,) = owner(f"select sequence from {T}_case")
    assert rows[0][2] == case_number[0] + 1  # one row of numbers
    answer = f"/console/eservices/said/complaints/{rows[0][0]}"
    assert clerk.get(answer).status_code == 403
    assert head.press(answer, words="Вече вдигаме.").status_code == 303
    page = text(citizen.get(f"/eservices/cases/{taken}"))
    assert "Никой не вдига." in page and "Вече вдигаме." in page and "Ана Секретарска" in page


def test_a_number_that_a_second_click_took_is_given_back(taken, uow_in, owner):
    request_id = uuid4()
    for _ in range(3):
        with uow_in("gorno-selo") as uow:
            complain(uow, case_of(uow, UUID(taken)), "Защо?", request_id=request_id)
            uow.commit()
    assert owner(f"select count(*) from {T}_complaint") == [(1,)]
    assert owner(f"select last from {T}_counter where kind = 'entry'") == [(2,)]


# -- ratings ----------------------------------------------------------------------------------


def test_one_tap_rates_and_a_second_one_changes_it(slip, visitor, owner):
    page = visitor.get(slip)
    assert page.status_code == 200 and "Пена" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    for score, request_id in ((3, uuid4()), (3, uuid4()), (1, uuid4())):
        answer = visitor.post(slip, {"score": score, "request_id": request_id})
        assert answer.status_code == 303
    assert owner(f"select score, settlement, channel from {T}_rating") == [
        (1, "с. Раковица", "portal")
    ]
    comment = {"words": "Чаках много.", "request_id": uuid4()}
    assert visitor.post(f"{slip}/comment", comment).status_code == 303
    assert "Чаках".encode() not in bytes(owner(f"select comment from {T}_rating")[0][0])


def test_a_slip_opens_one_case_and_a_guess_none(slip, issued, visitor, client, at):
    assert visitor.get(slip[:-1] + str((int(slip[-1]) + 1) % 10)).status_code == 404
    assert visitor.get(f"/eservices/rate/{uuid4()}/{slip[-12:]}").status_code == 404
    assert client.get(slip, base_url=at("dolno-selo")).status_code == 404
    assert visitor.post(slip, {"score": 9, "request_id": uuid4()}).status_code == 422


def test_what_is_not_over_is_not_rated(taken, uow_in):
    with uow_in("gorno-selo") as uow, pytest.raises(NotOverYet):
        rate(uow, case_of(uow, UUID(taken)), 3)


def test_who_was_not_content_is_answered(slip, issued, visitor, citizen, head, owner):
    visitor.post(slip, {"score": 1, "request_id": uuid4()})
    assert owner(ACTS.format("rating.bad")) == [(1,)]
    (row_id,) = owner(f"select id from {T}_rating")[0]
    path = f"/console/eservices/said/ratings/{row_id}"
    assert f"said/ratings/{row_id}" in head.get("/console/eservices/said").text
    assert head.press(path, words="Съжаляваме.").status_code == 303
    assert "Съжаляваме." in text(citizen.get(f"/eservices/cases/{issued}"))
    late = visitor.post(slip, {"score": 3, "request_id": uuid4()})
    assert late.status_code == 409  # it was answered as it was


# -- the year ---------------------------------------------------------------------------------


def group(name, good, so_so=0, bad=0):
    return Satisfaction(group=name, good=good, so_so=so_so, bad=bad)


def test_a_small_group_is_hidden_and_cannot_be_reckoned_from_the_rest():
    told = told_apart([group("a", 40), group("b", 12), group("c", 3)])
    assert [g.group for g in told if g.is_told] == ["a"]
    assert all(g.is_told for g in told_apart([group("a", 40), group("b", 12)]))
    two = told_apart([group("a", 40), group("b", 9), group("c", 3)])
    assert [g.group for g in two if g.is_told] == ["a"]


def test_the_year_counts_terms_kept_and_missed(issued, uow_in):
    with uow_in("gorno-selo") as uow:
        case = case_of(uow, UUID(issued))
        today = day_of(uow.now)
        [row] = year_of(uow, today.year, today=today).terms
        assert (row.sent, row.in_time, row.late, row.kept) == (1, 1, 0, 1.0)
        case.days_late = 4
        uow.session.flush()
        [row] = year_of(uow, today.year, today=today).terms
        assert (row.in_time, row.late, row.kept) == (0, 1, 0.0)


def test_the_yearly_report_is_a_page_a_pdf_and_a_table(slip, visitor, head, clerk):
    visitor.post(slip, {"score": 1, "request_id": uuid4()})
    page = text(head.get("/console/eservices/statistics"))
    assert "1 оценка" in page and "скрито" in page and "Доволни:" not in page
    pdf = head.get("/console/eservices/statistics/2026.pdf")
    assert pdf.data.startswith(b"%PDF-")
    table = head.get("/console/eservices/statistics/2026.csv")
    assert "скрито" in table.text and "Раковица" in table.text
    assert head.get("/console/eservices/statistics/1999.pdf").status_code == 404
    for path in ("statistics", "statistics/2026.pdf", "statistics/2026.csv", "said"):
        assert clerk.get(f"/console/eservices/{path}").status_code == 403


# -- how it is offered ------------------------------------------------------------------------


def test_who_follows_hears_of_a_service_when_it_opens_and_not_of_each_change(head, owner, uow_in):
    path = "/console/eservices/offers/1998"
    opened = ACTS.format("service.opened")
    before = owner(opened)[0][0]
    head.press(path, official="Друг Подписващ", is_online="y")
    assert owner(opened) == [(before,)]
    page = head.forms(path)[-1][1]
    page.pop("is_online", None)
    head.post(path, page)
    head.press(path, is_online="y")
    assert owner(opened) == [(before + 1,)]


def test_what_a_municipality_asks_for_besides_is_shown(head, client, at):
    head.press("/console/eservices/offers/1998", bring="Скица\n\n Снимка ", is_online="y")
    page = text(client.get("/eservices/1998", base_url=at("gorno-selo")))
    assert "<li>Скица</li>" in page and "<li>Снимка</li>" in page


def test_each_service_is_kept_as_long_as_was_said(issued, uow_in, owner):
    for years, name in ((6, False), (1, True)):
        with uow_in("gorno-selo") as uow:
            offer = uow.session.scalars(select(Offer).where(Offer.service == "1998")).one()
            offer.keep_years = years
            case_of(uow, UUID(issued)).ended_at = uow.now - timedelta(days=5 * 366 + 9)
            uow.session.flush()
            empty_old_cases(uow)
            assert (case_of(uow, UUID(issued)).number_index is None) is name
            uow.commit()
