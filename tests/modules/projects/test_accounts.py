"""Sums out of the accounts: each wrong row is named, and all of it is written or nothing."""

import io
from datetime import date, datetime, timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from obshto.modules.projects.errors import NoAccountColumn, NoAccountRows, RowsWrong
from obshto.modules.projects.models import ProjectPayment
from obshto.modules.projects.services import accounts
from obshto.modules.projects.services.publication import delete_project
from obshto.platform.permissions import Role
from obshto.platform.storage.errors import NoTable
from obshto.platform.storage.sheets import cells_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PAGE = "/console/projects/accounts"
HEAD = ("Проект", "Програма", "Дата", "Сума", "Валута", "Документ")
GOOD = ("П-1", "Бюджет на общината", "24.03.2026", "1 234,50", "", "ПН 12")


def csv_of(*rows, head=HEAD):
    return "\n".join(";".join(row) for row in (head, *rows)).encode("utf-8-sig")


def xlsx_of(*rows, head=HEAD, merge=""):
    book = Workbook()
    sheet = book.active
    for row in (head, *rows):
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.fixture
def judged(uow, published, programme):
    """judged(content, name): each row of a file, where one project and one programme are."""
    published(uow, number="П-1")
    programme(uow)

    def judge(content, name="a.csv"):
        cells = cells_of(io.BytesIO(content), name=name)
        return accounts.AccountJudge(uow, accounts.rows_in(cells)).judged()

    return judge


def wrong_in(rows):
    return [sorted(column for column, _ in row.wrong) for row in rows]


def test_a_right_row_says_project_programme_day_and_sum(judged):
    for content, name in ((csv_of(GOOD), "a.csv"), (xlsx_of(GOOD), "a.xlsx")):
        [row] = judged(content, name)
        told = row.payment
        assert row.wrong == ()
        assert (told.paid_on, told.amount.cents) == (date(2026, 3, 24), 123450)


def test_numbers_and_days_of_a_workbook_are_read_as_such(judged):
    [row] = judged(xlsx_of((*GOOD[:2], datetime(2025, 3, 24), 97.7915, "лв.", 12)), "a.xlsx")
    assert wrong_in([row]) == [["sum"]]  # more than hundredths is no sum of money
    [row] = judged(xlsx_of((*GOOD[:2], datetime(2025, 3, 24), 195.583, "лв.", 12)), "a.xlsx")
    assert wrong_in([row]) == [["sum"]]
    [row] = judged(xlsx_of((*GOOD[:2], datetime(2025, 3, 24), 1955.83, "лв.", 12)), "a.xlsx")
    told = row.payment
    assert (told.amount.given, told.amount.cents, told.document) == (195583, 100000, "12")


@pytest.mark.parametrize(
    ("place", "typed", "column"),
    [
        (0, "Няма такъв", "project"),
        (0, "", "project"),
        (1, "Непозната програма", "programme"),
        (2, "12.01.1900", "day"),
        (2, "31.02.2026", "day"),
        (2, "утре", "day"),
        (3, "1.234", "sum"),
        (3, "0", "sum"),
        (3, "-5", "sum"),
        (3, "=СБОР(A1)", "sum"),
        (4, "долари", "sum"),
        (4, "лв.", "sum"),  # leva after the euro came
        (5, "", "document"),
    ],
)
def test_each_fault_stands_at_its_column(judged, place, typed, column):
    row = [*GOOD]
    row[place] = typed
    [found] = judged(csv_of(row))
    assert wrong_in([found]) == [[column]]
    assert found.payment is None


def test_a_day_ahead_and_a_row_told_twice_are_refused(judged, uow):
    ahead = (uow.now + timedelta(days=2)).strftime("%d.%m.%Y")
    rows = judged(csv_of(GOOD, (*GOOD[:2], ahead, *GOOD[3:]), GOOD))
    assert wrong_in(rows) == [[], ["day"], ["document"]]


def test_a_bare_sum_before_the_euro_has_to_say_its_currency(judged):
    earlier = (*GOOD[:2], "24.03.2025", "100", "", "ПН 1")
    assert wrong_in(judged(csv_of(earlier))) == [["sum"]]
    assert wrong_in(judged(csv_of((*earlier[:3], "100 лв.", *earlier[4:])))) == [[]]


def test_formulas_and_merged_cells_are_told_and_never_counted(judged):
    formula = (*GOOD[:3], "=600+34", *GOOD[4:])
    assert wrong_in(judged(xlsx_of(formula), "a.xlsx")) == [["sum"]]
    rows = judged(xlsx_of(GOOD, (*GOOD[:4], "", "ПН 13"), merge="A2:A3"), "a.xlsx")
    assert wrong_in(rows) == [["project"], ["project"]]


def test_a_file_without_head_or_rows_or_that_is_none_is_refused(judged):
    with pytest.raises(NoAccountColumn):
        judged(csv_of(GOOD, head=("Проект", "Сума")))
    with pytest.raises(NoAccountRows):
        judged(csv_of())
    with pytest.raises(NoTable):
        cells_of(io.BytesIO(b"plain"), name="a.txt")


def test_all_rows_are_written_once_or_none(judged, uow):
    rows = judged(csv_of(GOOD, (*GOOD[:5], "ПН 13")))
    told = accounts.unpacked(accounts.packed(rows))
    assert accounts.take_rows(uow, told) == 2
    assert accounts.take_rows(uow, told) == 0
    assert [row.is_known for row in judged_again(uow, told)] == [True, True]
    worse = [*told, (9, {**told[0][1], "programme": told[0][1]["project"]})]
    with pytest.raises(RowsWrong):
        accounts.take_rows(uow, worse)
    assert uow.session.scalar(select(func.count()).select_from(ProjectPayment)) == 2


def judged_again(uow, told):
    return accounts.AccountJudge(uow, told).judged()


def test_a_project_deleted_between_preview_and_press_stops_all(judged, uow, published):
    other = published(uow, "Друг", number="П-2")
    rows = judged(csv_of(GOOD, ("П-2", *GOOD[1:])))
    delete_project(uow, other, expected_version=other.version)
    uow.session.flush()
    with pytest.raises(RowsWrong):
        accounts.take_rows(uow, accounts.unpacked(accounts.packed(rows)))
    assert uow.session.scalar(select(func.count()).select_from(ProjectPayment)) == 0


def test_the_officer_looks_then_writes(sign_in, standing, uow_in, programme, owner):
    def with_programme(uow, project, stage):
        programme(uow)

    standing(with_programme, number="П-1")
    officer = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    bad = (*GOOD[:2], "12.01.1900", *GOOD[3:])
    page = officer.press(PAGE, PAGE, file=(io.BytesIO(csv_of(GOOD, bad)), "a.csv"))
    assert page.status_code == 422
    assert "Проверете годината: 1900" in page.text
    assert "Запишете сумите" not in page.text
    page = officer.press(PAGE, PAGE, file=(io.BytesIO(csv_of(GOOD)), "a.csv"))
    assert page.status_code == 200
    [(address, fields)] = [form for form in officer.forms_in(page.text, PAGE) if "rows" in form[1]]
    for _ in range(2):
        assert officer.post(address, fields).status_code == 303
    count = "SELECT count(*), sum(cents) FROM t_gorno_selo.projects_payment"
    assert [tuple(row) for row in owner(count)] == [(1, 123450)]
    assert officer.post(address, {**fields, "rows": "[[1]]"}).status_code == 422


def test_accounts_are_the_officers_alone(sign_in):
    assert sign_in(VILLAGE, Role.EDITOR).get(PAGE).status_code == 403
    assert sign_in(VILLAGE, Role.MAYOR).get(PAGE).status_code == 403
