"""The days to cure run from service; what silence, complaints and valuations are counted by."""

from datetime import date, timedelta

import pytest

from obshto.modules.eservices.models import Case, Complaint
from obshto.modules.eservices.services.case_queries import appeal_of_silence, case_of
from obshto.modules.eservices.services.complaints import term_of_complaint
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.validity import valid_until
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.legal.terms import months_later, roll, term

CURE = "select served_on, cure_until from t_gorno_selo.eservices_case"


def text(page):
    return page.text.replace("\xa0", " ")


def typed(day):
    return {"day": [str(day.day), str(day.month), str(day.year)]}


@pytest.fixture
def asked(clerk, taken, uow_in):
    """What is missing was asked four days ago; the person has not opened the portal since."""
    clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    return taken


def test_the_days_run_from_the_day_on_which_the_person_opens_the_request(
    clerk, citizen, asked, owner, uow_in
):
    assert owner(CURE) == [(None, None)]
    assert "искането още не е връчено" in text(clerk.get("/console/eservices/?list=asked"))
    assert "искането още не е връчено" in text(clerk.get(f"/console/eservices/{asked}"))
    assert citizen.get(f"/eservices/cases/{asked}").status_code == 200
    with uow_in("gorno-selo") as uow:
        today = day_of(uow.now)
    due = term("dopk_cure", starts_on=today).due_on
    assert owner(CURE) == [(today, due)]
    citizen.get(f"/eservices/cases/{asked}")  # reading it again serves nothing anew
    served = "select count(*) from t_gorno_selo.eservices_step where name = 'served'"
    assert owner(served) == [(1,)]


def test_what_was_not_served_cannot_be_closed_and_the_clerk_writes_down_the_service(
    clerk, colleague, asked, owner, uow_in
):
    page = clerk.get(f"/console/eservices/{asked}")
    assert "/close" not in page.text and "Кога е връчено?" in text(page)
    with uow_in("gorno-selo") as uow:
        today = day_of(uow.now)
    path = f"/console/eservices/{asked}"
    for day in (today + timedelta(days=1), today - timedelta(days=1)):
        wrong = clerk.press(path, to="/served", **typed(day))
        assert wrong.status_code == 422 and "ден от искането до днес" in text(wrong)
    assert colleague.post(f"{path}/served", typed(today)).status_code in (403, 422)
    assert owner(CURE) == [(None, None)]
    assert clerk.press(path, to="/served", **typed(today)).status_code == 303
    assert owner(CURE)[0][0] == today


def test_a_neighbour_serves_nothing(asked, sign_in, walking):
    stranger = sign_in("dolno-selo", next(iter(walking.everyone)), email="n@v.example")
    answer = stranger.post(f"/console/eservices/{asked}/served", typed(date(2026, 11, 27)))
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    ("channel", "answers", "months"),
    [
        ("portal", {}, 2),
        ("counter", {}, 2),  # a receipt is handed over
        ("post", {"email": "p@villages.example"}, 2),
        ("post", {}, 6),
        ("phone", {"phone": "+359888123456"}, 6),
    ],
)
def test_who_was_not_told_of_the_start_appeals_silence_within_six_months(
    app, offered, sent, uow_in, channel, answers, months
):
    with uow_in("gorno-selo") as uow:
        case = case_of(uow, sent)
        case.service, case.definition_version = "1997", 1  # by АПК
        case.person_id, case.channel, case.due_on = None, channel, date(2026, 12, 1)
        case.keep(answers)
        assert appeal_of_silence(case).due_on == roll(months_later(date(2026, 12, 1), months))


def test_a_complaint_has_the_term_of_its_law_and_the_person_reads_it(
    clerk, citizen, taken, head_of, owner
):
    citizen.press(f"/eservices/cases/{taken}/complain", words="Чаках два часа.")
    page = text(citizen.get(f"/eservices/cases/{taken}"))
    assert "АПК чл. 121" in page and "Още няма отговор" not in page
    assert "Срок" in text(head_of.get("/console/eservices/said"))


def test_a_complaint_after_hours_is_counted_from_the_next_working_day():
    # Friday 27.11.2026, 18:00: received on Monday 30.11; two months later 30.01, a Saturday: 01.02.
    from datetime import datetime  # noqa: PLC0415

    sent_at = datetime(2026, 11, 27, 18, 0, tzinfo=SOFIA)
    case = Case(service="1998", definition_version=1)
    assert term_of_complaint(Complaint(sent_at=sent_at), case).due_on == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("validity", "today", "until"),
    [
        ("half", date(2027, 3, 1), date(2027, 6, 30)),
        ("paid", date(2027, 3, 1), date(2027, 12, 31)),
        ("farm", date(2027, 3, 1), date(2027, 12, 31)),
        ("half", date(2027, 7, 1), date(2027, 12, 31)),
    ],
)
def test_a_valuation_is_valid_to_the_end_of_the_year_where_it_is_paid_or_unbuilt_farmland(
    validity, today, until
):
    document = latest("2013").document
    assert validity in {option.value for option in document.fields["validity"].options}
    assert valid_until(document, {"validity": validity}, today) == until


@pytest.fixture
def head_of(offered, sign_in):
    from obshto.platform.permissions import Role  # noqa: PLC0415

    return sign_in("gorno-selo", Role.SECRETARY, name="Ана Секретарска", email="a@v.example")
