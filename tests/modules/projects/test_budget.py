"""Budget of a year: a table is looked at row by row, then everybody reads it."""

import csv
import io

import pytest
from openpyxl import Workbook

from obshto.modules.projects.datasets import DATASETS
from obshto.modules.projects.errors import RowsWrong
from obshto.modules.projects.seeds import seed
from obshto.modules.projects.services.accounts import rows_in
from obshto.modules.projects.services.budget import (
    BUDGET_COLUMNS,
    BudgetHead,
    budget_of,
    judged_lines,
    take_budget,
)
from obshto.platform.datasets.rows import stream
from obshto.platform.permissions import Role
from obshto.platform.storage.sheets import cells_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PAGE = "/console/projects/budget"
HEAD = ("Вид", "Функция", "План", "Промени", "Изпълнение")
TAXES = ("Приходи", "Данъци и такси", "1 200,50", "-200", "900")
SCHOOLS = ("Разходи", "Образование", "800", "", "640,25")


def csv_of(*rows, head=HEAD):
    return "\n".join(";".join(row) for row in (head, *rows)).encode("utf-8-sig")


def told_in(*rows):
    cells = cells_of(io.BytesIO(csv_of(*rows)), name="a.csv")
    return rows_in(cells, BUDGET_COLUMNS)


def wrong_in(*rows, currency="EUR"):
    judged = judged_lines(told_in(*rows), BudgetHead(year=2026, currency=currency))
    return [sorted(column for column, _ in row.wrong) for row in judged]


def bring(officer, *rows, year=2026, **more):
    """The preview of a file with the form that writes it."""
    told = {"year": str(year), "currency": "EUR", "note": "Проба"} | more
    page = officer.press(PAGE, PAGE, file=(io.BytesIO(csv_of(*rows)), "a.csv"), **told)
    forms = [form for form in officer.forms_in(page.text, PAGE) if "rows" in form[1]]
    return page, next((form for form in forms if form[1]["rows"]), None)


@pytest.mark.parametrize(
    ("place", "typed", "column"),
    [
        (0, "Друго", "kind"),
        (1, "", "function"),
        (2, "", "plan"),
        (2, "-5", "plan"),
        (2, "1.234", "plan"),
        (3, "-пет", "changes"),
        (4, "=A1+1", "done"),
        (4, "5 лв.", "done"),  # the year is in euro
    ],
)
def test_each_fault_of_a_row_stands_at_its_column(place, typed, column):
    row = [*TAXES]
    row[place] = typed
    assert wrong_in(row) == [[column]]


def test_a_function_told_twice_and_a_total_that_differs_are_refused():
    assert wrong_in(TAXES, TAXES) == [[], ["function"]]
    total = ("Приходи", "Общо", "1 200,50", "-200", "900")
    assert wrong_in(TAXES, SCHOOLS, total) == [[], [], []]
    assert wrong_in(TAXES, (*total[:2], "1 300", *total[3:])) == [[], ["plan"]]


def test_merged_cells_and_formulas_of_a_workbook_are_told():
    book = Workbook()
    for row in (HEAD, TAXES, (*SCHOOLS[:2], "=1+1", "0", "0"), (*TAXES[:1], "Други", "1", "", "")):
        book.active.append(row)
    book.active.merge_cells("A3:A4")
    kept = io.BytesIO()
    book.save(kept)
    rows = rows_in(cells_of(kept, name="a.xlsx"), BUDGET_COLUMNS)
    judged = judged_lines(rows, BudgetHead(year=2026, currency="EUR"))
    assert [sorted(dict(row.wrong)) for row in judged] == [[], ["kind", "plan"], ["kind"]]


def test_the_officer_looks_then_everybody_reads(sign_in, client, at):
    officer, anybody = sign_in(VILLAGE, Role.FINANCE_OFFICER), {"base_url": at(VILLAGE)}
    page, form = bring(officer, TAXES, (*SCHOOLS[:2], "x", "", ""))
    assert page.status_code == 422 and form is None
    assert "Напишете сумата с цифри" in page.text
    _, (address, fields) = bring(officer, TAXES, SCHOOLS)
    assert "Общината още не е качила бюджета" in client.get("/projects/budget", **anybody).text
    for _ in range(2):
        assert officer.post(address, fields).status_code == 303
    text = client.get("/projects/budget", **anybody).text.replace("\xa0", " ")
    for said in ("Бюджет за 2026 г.", "Образование", "1 200,50 €", "1 000,50 €", "640,25 €"):
        assert said in text
    for address in ("/en/projects/budget", "/ro/projects/budget?year=2026"):
        assert client.get(address, **anybody).status_code == 200
    body = client.get("/projects/budget.csv", **anybody).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body), delimiter=";"))
    assert rows[1:] == [
        ["Приходи", "Данъци и такси", "1200,50", "-200,00", "1000,50", "900,00"],
        ["Разходи", "Образование", "800,00", "0,00", "800,00", "640,25"],
    ]
    told = client.get("/projects/budget.json?year=2026", **anybody).json
    assert told["lines"][0]["changed_cents"] == 100050
    for other in ("2019", "нещо", "99999999999999999999"):
        assert client.get(f"/projects/budget?year={other}", **anybody).status_code == 404
    assert "Образование" not in client.get("/projects/budget", base_url=at(NEIGHBOUR)).text
    nothing = client.get("/projects/budget.csv", base_url=at(NEIGHBOUR))
    assert nothing.status_code == 200 and len(nothing.text.splitlines()) == 1  # its head alone


def test_a_newer_table_takes_the_place_of_the_year_and_an_old_page_does_not(sign_in, uow_in):
    officer = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    _, first = bring(officer, TAXES)
    _, late = bring(officer, SCHOOLS)
    assert officer.post(*first).status_code == 303
    assert officer.post(*late).status_code == 422
    page, again = bring(officer, SCHOOLS)
    assert "вече има бюджет" in page.text
    assert officer.post(*again).status_code == 303
    with uow_in(VILLAGE) as uow:
        rows = list(stream(uow, next(one for one in DATASETS if one.slug == "budget-spending")))
    assert rows == [(2026, "Образование", 800.0, 0.0, 640.25, None)]


def test_leva_of_an_earlier_year_are_kept_beside_euro(uow):
    head = BudgetHead(year=2025, currency="BGN")
    line = ("Приходи", "Данъци", "1 955,83", "-195,583", "")
    with pytest.raises(RowsWrong):
        take_budget(uow, head, told_in(line), expected_version=0)
    assert take_budget(uow, head, told_in((*line[:3], "-195,58", "")), expected_version=0)
    row = budget_of(uow, 2025)
    dataset = next(one for one in DATASETS if one.slug == "budget-income")
    assert list(stream(uow, dataset)) == [(2025, "Данъци", 1000.0, -100.0, 0.0, None)]
    assert row.currency == "BGN"


def test_the_demonstration_says_that_it_is_invented(uow_in, client, at):
    for _ in range(2):
        with uow_in(VILLAGE) as uow:
            seed(uow)
            uow.session.commit()
    page = client.get("/projects/budget", base_url=at(VILLAGE)).text
    assert "Пример за демонстрацията: сумите са измислени." in page


def test_the_budget_is_the_officers_alone(sign_in):
    assert sign_in(VILLAGE, Role.EDITOR).get(PAGE).status_code == 403
    assert sign_in(VILLAGE, Role.MAYOR).get(PAGE).status_code == 403
