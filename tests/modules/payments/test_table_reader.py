"""Files as tax programs and spreadsheets write them, and all that can be wrong with them."""

import io
import zipfile
from datetime import date

import pytest
from flask_babel import force_locale

from obshto.modules.payments.errors import (
    EmptyFile,
    NoColumns,
    TooLarge,
    TooManyInSheet,
    TooManyRows,
    Unreadable,
)
from obshto.modules.payments.services import table_reader
from obshto.modules.payments.services.law import Days, law_days
from obshto.modules.payments.services.numbers import number_in
from obshto.modules.payments.services.row_checks import check_rows
from obshto.modules.payments.services.table_reader import COLUMNS, MOST_BYTES, Row, read_rows
from obshto.modules.payments.services.terms import Calendar

HEAD = tuple(COLUMNS.values())
LINE = ("0307159274", "Проба Пробова", "442100", "7121-1", "2026", "1", "60,00", "30.06.2026")
KINDS = {"442100": "Данък върху имот", "442400": "Такса смет"}
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension='
    '"rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package'
    '/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


def csv_of(*lines, encoding="utf-8", between=";", head=HEAD):
    text = "\r\n".join(between.join(cells) for cells in (head, *lines))
    return io.BytesIO(text.encode(encoding))


def xlsx_of(*lines):
    """A workbook of one sheet: words inline, numbers as numbers."""
    rows = "".join(f"<row>{''.join(map(cell, cells))}</row>" for cells in (HEAD, *lines))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, body in PARTS.items():
            archive.writestr(name, body)
        archive.writestr("xl/worksheets/sheet1.xml", f"{SHEET}{rows}</sheetData></worksheet>")
    packed.seek(0)
    return packed


def cell(value):
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def checked(app, *lines, quantities=()):
    rows = [
        Row(
            line=number,
            cells=dict(zip(COLUMNS, cells, strict=True)),
            quantities=frozenset(quantities),
        )
        for number, cells in enumerate(lines, start=2)
    ]
    with app.app_context(), force_locale("bg"):
        return check_rows(rows, kinds=KINDS, calendar=Calendar([]), today=date(2026, 3, 1))


def but(**changed):
    """The right line with some cells changed."""
    return tuple(changed.get(key, value) for key, value in zip(COLUMNS, LINE, strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251"])
@pytest.mark.parametrize("between", [";", ",", "\t"])
def test_what_older_and_newer_programs_write_is_read(encoding, between):
    line = tuple(cell.replace(",", ".") for cell in LINE)
    [row] = read_rows(csv_of(line, encoding=encoding, between=between), "a.csv")
    assert row.line == 2 and tuple(row.cells.values()) == line


def test_a_workbook_is_read_as_one_would_type_it(app):
    numbers = (307159274.0, "Проба", "442100", "", 2026.0, 1.0, 60.5, "30.06.2026")
    [row] = read_rows(xlsx_of(numbers), "a.xlsx")
    assert [row.cells[key] for key in ("number", "year", "cents")] == ["307159274", "2026", "60.5"]
    found = checked(app, tuple(row.cells.values()), quantities=row.quantities)
    [wanted] = found.wanted
    assert (wanted.number, wanted.cents) == ("0307159274", 6050)  # the zero that was lost is back


def test_columns_may_stand_in_any_order_and_some_may_lack():
    head, line = ("Сума", "ИМЕ ", "егн", "Година", "код за вид  плащане"), ("1", "А", "2", "3", "4")
    [row] = read_rows(csv_of(line, head=head), "a.csv")
    assert (row.cells["cents"], row.cells["number"], row.cells["thing"]) == ("1", "2", "")


@pytest.mark.parametrize(
    ("file", "name", "refusal"),
    [
        (io.BytesIO(b""), "a.csv", EmptyFile),
        (csv_of(), "a.csv", EmptyFile),
        (csv_of(("", "", "", "", "", "", "", "")), "a.csv", EmptyFile),
        (csv_of(LINE, head=("Име", *["x"] * 7)), "a.csv", NoColumns),
        (io.BytesIO(b"%PDF-1.7"), "a.csv", Unreadable),
        (io.BytesIO(b"PK\x03\x04 broken"), "a.xlsx", Unreadable),
        (io.BytesIO(b"a\x00b"), "a.csv", Unreadable),
        (csv_of(LINE), "a.exe", Unreadable),
        (io.BytesIO(b"x" * (MOST_BYTES + 1)), "a.csv", TooLarge),
    ],
)
def test_what_is_no_table_is_refused(file, name, refusal):
    with pytest.raises(refusal):
        read_rows(file, name)


def test_a_workbook_that_swells_is_not_opened():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in PARTS.items():
            archive.writestr(name, body)
        archive.writestr("xl/worksheets/sheet1.xml", SHEET + " " * 60_000_000)
    packed.seek(0)
    with pytest.raises(TooLarge):
        read_rows(packed, "a.xlsx")


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"number": "0307159275"}, "ЕГН или ЕИК"),
        ({"number": "1"}, "ЕГН или ЕИК"),
        ({"number": "٠٣٠٧١٥٩٢٧٤"}, "ЕГН или ЕИК"),
        ({"name": ""}, "Име"),
        ({"kind": "000000"}, "Код за вид плащане"),
        ({"year": "26"}, "Година"),
        ({"year": "2028"}, "Година"),
        ({"year": "²⁰²⁶"}, "Година"),
        ({"instalment": "13"}, "Вноска"),
        ({"instalment": "първа"}, "Вноска"),
        ({"instalment": "3"}, "Вноска"),  # ЗМДТ чл. 28, ал. 1: two
        ({"cents": "дванадесет"}, "Сума"),
        ({"cents": "-5"}, "Сума"),
        ({"cents": "99999999999"}, "Сума"),
        ({"due_on": "31.02.2026"}, "Платете до"),
        ({"due_on": "1.1.0001"}, "Платете до"),
        ({"kind": "442400", "due_on": ""}, "Платете до"),
    ],
)
def test_each_cell_that_cannot_be_so_is_named_with_how_to_mend_it(app, changed, column):
    found = checked(app, but(**changed))
    assert found.wanted == []
    assert [(p.line, p.column, bool(p.text)) for p in found.problems] == [(2, column, True)]


def test_a_row_tells_all_that_is_wrong_with_it_at_once(app):
    found = checked(app, but(number="x", cents="x", year="x"))
    assert [p.column for p in found.problems] == ["ЕГН или ЕИК", "Година", "Сума"]


def test_the_same_twice_is_a_mistake_of_the_second_row(app):
    found = checked(app, LINE, but(cents="1,00"))
    assert [p.line for p in found.problems] == [3] and "ред 2" in found.problems[0].text


def test_a_kind_may_be_said_by_its_name_and_a_day_by_the_law(app):
    [wanted] = checked(app, but(kind="данък върху ИМОТ", due_on="")).wanted
    assert (wanted.kind, wanted.due_on) == ("442100", date(2026, 6, 30))


@pytest.mark.parametrize(
    ("typed", "lost", "number"),
    [
        ("999000017", False, "999000017"),
        ("307159274", True, "0307159274"),
        ("307159274", False, None),
        ("0307159274", True, "0307159274"),
        ("999000018", False, None),
        ("", True, None),
    ],
)
def test_a_number_is_a_person_or_a_company(typed, lost, number):
    assert number_in(typed, lost_zeros=lost) == number


@pytest.mark.parametrize(
    ("year", "dues", "until"),
    [
        (2026, ((6, 30), (11, 2)), (4, 30)),  # 31 October is a Saturday
        (2027, ((6, 30), (11, 1)), (5, 5)),  # Good Friday, Easter, 1 May moved
        (2028, ((6, 30), (10, 31)), (5, 2)),
    ],
)
def test_the_days_of_the_law_move_to_working_days(year, dues, until):
    assert law_days("442100", year) == Days(
        due_on=tuple(date(year, *day) for day in dues),
        discount_percent=5,
        discount_until=date(year, *until),
    )


@pytest.mark.parametrize(("name", "refusal"), [("a.csv", TooManyRows), ("a.xlsx", TooManyInSheet)])
def test_more_rows_than_can_be_brought_in_are_refused(monkeypatch, name, refusal):
    monkeypatch.setattr(table_reader, "MOST_ROWS", 2)
    monkeypatch.setattr(table_reader, "MOST_IN_SHEET", 2)
    make = {"a.csv": csv_of, "a.xlsx": xlsx_of}[name]
    assert len(table_reader.read_rows(make(*[LINE] * 2), name)) == 2
    with pytest.raises(refusal):
        table_reader.read_rows(make(*[LINE] * 3), name)
