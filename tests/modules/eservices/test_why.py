"""Each date of a case can be asked why, by the person and by the staff."""

from datetime import date, timedelta

from obshto.modules.eservices.services.case_queries import case_of, steps_of
from obshto.modules.eservices.services.clock import turns_of
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import term


def text(page):
    return page.text.replace("\xa0", " ")


def pages(citizen, clerk, case_id):
    return (
        text(citizen.get(f"/eservices/cases/{case_id}")),
        text(clerk.get(f"/console/eservices/{case_id}")),
    )


def test_the_day_of_the_answer_says_its_ground_and_how_it_was_counted(citizen, clerk, taken):
    for page in pages(citizen, clerk, taken):
        assert "Защо до" in page and "ДОПК чл. 87, ал. 6" in page
        assert "АПК чл. 29, ал. 6" in page and "7 дни изтичат на" in page


def test_days_that_are_not_for_work_are_named(citizen, clerk, taken, uow_in):
    with uow_in("gorno-selo") as uow:
        case = case_of(uow, taken)
        case.starts_on = date(2026, 12, 17)
        case.due_on = term("dopk_debt_certificate", starts_on=case.starts_on).due_on
        uow.commit()
    for page in pages(citizen, clerk, taken):
        assert "ГПК чл. 60-62" in page
        assert "официален празник" in page and ", неделя" in page


def test_the_day_to_answer_by_is_asked_why_and_the_clock_is_shown(citizen, clerk, taken):
    clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    for page in pages(citizen, clerk, taken):
        assert "Броим от деня на съобщението" in page and "ДОПК чл. 89, ал. 3" in page
        assert "срокът е спрян, докато се даде исканото" in page
    citizen.press(f"/eservices/cases/{taken}", words="Къщата.", file="")
    for page in pages(citizen, clerk, taken):
        assert "срокът тече отначало" in page


def test_the_day_to_appeal_by_is_asked_why(citizen, clerk, taken, uow_in):
    with uow_in("gorno-selo") as uow:
        case_of(uow, taken).due_on = day_of(uow.now) - timedelta(days=1)
        uow.commit()
    for page in pages(citizen, clerk, taken):
        assert "Броим от края на срока" in page and "ДОПК чл. 91-94" in page


def test_the_clock_turns_as_the_law_says(citizen, clerk, taken, uow_in):
    clerk.press(f"/console/eservices/{taken}/ask", words="Кой имот?")
    citizen.press(f"/eservices/cases/{taken}", words="Къщата.", file="")
    clerk.press(f"/console/eservices/{taken}/refuse", words="Няма такъв имот.")
    with uow_in("gorno-selo") as uow:
        turns = turns_of(steps_of(uow, case_of(uow, taken), for_staff=True))
    assert [turn.state for turn in turns] == ["runs", "stands", "runs-anew", "ended"]
    assert all(turn.ground for turn in turns)
