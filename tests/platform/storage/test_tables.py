"""The cells of a table come in as text, whatever program wrote it; a hostile one is refused."""

import zipfile
from datetime import date, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from obshto.platform.storage import child, tables
from obshto.platform.storage.errors import (
    FileRefused,
    NoTable,
    NothingInside,
    OldLetters,
    SwellsUp,
    TooBig,
    TooManyRows,
)
from obshto.platform.storage.tables import MOST_COLUMNS, MOST_ROWS, rows_of

ROWS = [["Име", "Час"], ["Поща", "8:00"]]


def csv(text, name="a.csv"):
    return rows_of(BytesIO(text.encode()), name=name)


def sheet(*rows):
    content = BytesIO()
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content


def xlsx(*rows):
    return rows_of(sheet(*rows), name="a.xlsx")


@pytest.mark.parametrize(
    "text",
    [
        "Име;Час\r\nПоща;8:00\r\n",
        "Име,Час\nПоща,8:00\n",
        "Име\tЧас\nПоща\t8:00",
        "\ufeffИме;Час\nПоща;8:00\n;\n\n",
        '"Име";"Час"\n" Поща ";8:00',
    ],
)
def test_a_table_of_text_is_read_however_its_columns_are_parted(text):
    assert csv(text) == ROWS


def test_a_sheet_is_read_as_a_person_would_type_it():
    told = xlsx(["a", "b", "c", "d", "e"], [1, 2.5, date(2026, 5, 1), time(8, 5), None])
    assert told[1] == ["1", "2.5", "01.05.2026", "08:05", ""]
    assert xlsx(["a"], [None], ["b"]) == [["a"], [""], ["b"]]


def test_what_was_written_so_that_no_spreadsheet_runs_it_is_read_back():
    assert csv("Телефон\n'+359 938 12 345")[1] == ["+359 938 12 345"]
    assert csv("Име\n'тихо'")[1] == ["'тихо'"]


def test_a_formula_gives_nothing_that_it_did_not_give_before():
    assert xlsx(["Име"], ["=1+1"])[1:] == []


def test_a_cell_in_the_last_corner_takes_no_memory():
    content = BytesIO()
    book = Workbook()
    book.active["A1"] = "Име"
    book.active["XFD1048576"] = "далеч"
    book.save(content)
    assert rows_of(content, name="a.xlsx")[0][0] == "Име"


def test_columns_and_cells_beyond_what_anybody_needs_are_cut():
    [row] = csv(";".join("а" * 10_000 for _ in range(MOST_COLUMNS + 5)))
    assert len(row) == MOST_COLUMNS and len(row[0]) == tables.LONGEST


@pytest.mark.parametrize("make", [csv, lambda text: xlsx(*([line] for line in text.split("\n")))])
def test_more_rows_than_can_be_looked_over_are_refused(make):
    assert len(make("\n".join(["Име"] + ["а"] * MOST_ROWS))) == MOST_ROWS + 1
    with pytest.raises(TooManyRows):
        make("\n".join(["Име"] + ["а"] * (MOST_ROWS + 1)))


def test_a_sheet_that_swells_up_is_refused_unopened(monkeypatch):
    monkeypatch.setattr(tables, "MOST_UNPACKED", 1000)
    with pytest.raises(SwellsUp):
        xlsx(["Име"])


def test_a_sheet_is_opened_within_the_limits_of_a_child(monkeypatch):
    monkeypatch.setattr(child, "MEMORY", 1024)
    with pytest.raises(FileRefused):
        xlsx(["Име"])


def hostile_sheet():
    """A sheet whose XML defines an entity."""
    whole, content = sheet(["Име"]), BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(content, "w") as new:
        for part in old.infolist():
            told = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                told = (
                    entity + told.partition(b"?>")[2]
                    if told.startswith(b"<?xml")
                    else entity + told
                )
            new.writestr(part, told)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.csv", NothingInside),
        (b"a" * (2 * 1024 * 1024 + 1), "a.csv", TooBig),
        ("Име".encode("cp1251"), "a.csv", OldLetters),
        (b"plain", "a.txt", NoTable),
        (b"%PDF-1.7", "a.pdf", NoTable),
        (sheet(["Име"]).getvalue()[:-200], "a.xlsx", FileRefused),
        (hostile_sheet(), "a.xlsx", NoTable),
    ],
    ids=["empty", "big", "letters", "text", "pdf", "cut", "entity"],
)
def test_what_is_no_table_is_refused(content, name, refusal):
    with pytest.raises(refusal):
        rows_of(BytesIO(content), name=name)


def test_damaged_anywhere_a_sheet_is_read_or_refused():
    whole = sheet(["Име", "Час"], ["Поща", "8:00"]).getvalue()
    for place in range(0, len(whole), len(whole) // 12):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        try:
            rows_of(BytesIO(bytes(broken)), name="a.xlsx")
        except FileRefused:
            continue
