"""Descriptions and files for programs: DCAT-AP, data package, GeoJSON, bounded memory."""

import io
import json
import tracemalloc
from datetime import date

import pytest
from sqlalchemy import func, select
from tests.modules.opendata.conftest import NEIGHBOUR, VILLAGE

from obshto.modules.opendata.services import catalogue, editions
from obshto.modules.opendata.services.upload_reader import read_table
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset
from obshto.platform.datasets.rows import stream
from obshto.platform.datasets.writers import (
    geojson_writer,
    read_json_lines,
    write_csv,
    write_json,
)

TODAY = date(2026, 11, 28)


def numbers_to(most, **changed):
    """A data set of numbers, and how many rows were fetched together."""
    rows = func.generate_series(1, most).table_valued("number").render_derived()
    told = {
        "slug": "numbers",
        "title": "Числа",
        "about": "",
        "columns": (Column(name="number", title="Число", type=ColumnType.INTEGER),),
        "rows": lambda uow: select(rows.c.number).order_by(rows.c.number),
        "key": ("number",),
    }
    return Dataset(**told | changed)


def test_points_become_geojson(bring, editor, read):
    content = "Име;Ширина;Дължина\nЧешма;43,8869;22,5199\nКладенец;;\n"
    page = (
        bring(content).location.partition("?")[0].removeprefix("http://gorno-selo.localhost:8000")
    )
    assert editor.press(page, to="/publish").status_code == 303
    told = json.loads(read(f"/opendata/sets/own/{page.rpartition('/')[2]}.geojson").text)
    first, second = told["features"]
    assert first["geometry"]["coordinates"] == [22.5199, 43.8869]
    assert second["geometry"] is None and second["properties"]["ime"] == "Кладенец"


def test_a_file_opened_by_a_spreadsheet_runs_nothing():
    out = io.BytesIO()
    write_csv(out, ["text", "number"], [["=HYPERLINK(1)", -5], ["+359", 2.5]])
    assert out.getvalue().decode("utf-8-sig") == "text,number\r\n'=HYPERLINK(1),-5\r\n'+359,2.5\r\n"


def test_each_row_stands_on_a_line_of_its_own():
    out = io.BytesIO()
    assert write_json(out, ["a"], [["нов\nред"], [None]]) == 2
    assert json.loads(out.getvalue()) == [{"a": "нов\nред"}, {"a": None}]
    out.seek(0)
    assert list(read_json_lines(out)) == [{"a": "нов\nред"}, {"a": None}]
    empty = io.BytesIO()
    write_json(empty, ["a"], [])
    assert json.loads(empty.getvalue()) == []
    points = io.BytesIO()
    geojson_writer(("a", "b"))(points, ["a", "b"], [])
    assert json.loads(points.getvalue())["features"] == []


def test_memory_does_not_grow_with_the_rows(uow_in):
    """Ten times as many rows, not twice the memory."""

    def peak(most):
        with uow_in("gorno-selo") as uow:
            tracemalloc.start()
            number = sum(1 for _ in stream(uow, numbers_to(most)))
            _, highest = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert number == most
        return highest

    peak(100)
    assert peak(30_000) < 2 * peak(3_000)


def test_small_numbers_of_people_are_hidden_with_what_would_give_them_away(uow_in):
    values = {"2026-01": (3, 40, 12), "2026-02": (15, 20), "2026-03": (0, 11)}
    columns = (
        Column(name="month", title="Месец"),
        Column(name="way", title="Начин"),
        Column(name="people", title="Хора", type=ColumnType.INTEGER, counts_people=True),
    )

    def unfold(uow, row):
        for month, counts in values.items():
            for way, number in enumerate(counts):
                yield month, str(way), number

    one = numbers_to(1, columns=columns, unfold=unfold, key=("month", "way"), within=("month",))
    with uow_in("gorno-selo") as uow:
        told = {(month, way): number for month, way, number in stream(uow, one)}
    assert told["2026-01", "0"] is None and told["2026-01", "2"] is None  # 3 would be 55 − 52
    assert told["2026-01", "1"] == 40
    assert (told["2026-02", "0"], told["2026-02", "1"]) == (15, 20)
    assert told["2026-03", "0"] is None


def test_types_are_guessed_and_what_differs_is_told_by_row():
    rows = [["Код", "Ден", "Сума", "Има"]]
    rows += [[f"0{at:04d}", "01.02.2025", "1 200,50 лв.", "да"] for at in range(11)]
    rows.append(["00011", "вчера", "12", "не"])
    rows.append(["00012", "01.01.1900", "", "да"])
    found = read_table(rows, today=TODAY)
    assert [one["type"] for one in found.columns] == ["string", "string", "number", "boolean"]
    assert [one["name"] for one in found.columns] == ["kod", "den", "suma", "ima"]
    assert [(one.row, one.code) for one in found.problems] == [(13, "date"), (14, "empty")]
    assert found.rows[0] == ("00000", "01.02.2025", 1200.5, True)


def test_a_column_of_two_kinds_is_told_before_it_becomes_text():
    found = read_table([["Брой"], ["1"], ["2"], ["3"], ["няма"], ["5"]], today=TODAY)
    assert [one["type"] for one in found.columns] == ["string"]
    assert [(one.row, one.code, one.value) for one in found.problems] == [(5, "mixed", "няма")]
    words = [["Име"], ["Чешма"], ["Кладенец"], ["3"]]
    assert read_table(words, today=TODAY).problems == []


def test_a_date_of_1900_and_cells_beyond_the_head_are_told():
    rows = [["Ден"], ["01.01.1900"], ["02.01.2025", "излишно"]]
    found = read_table(rows, today=TODAY)
    assert {(one.row, one.code) for one in found.problems} == {(2, "old"), (3, "wide")}
    assert found.rows == [("1900-01-01",), ("2025-01-02",)]


def test_a_personal_number_is_never_kept_in_the_problem():
    found = read_table([["Кой"], ["Проба 7523169263"]], today=TODAY)
    [problem] = found.problems
    assert problem.code == "egn" and "7523169263" not in problem.value


PAGE = "/opendata/sets/places/numbers"
FILE = f"{PAGE}.csv"


@pytest.fixture
def large(monkeypatch, switched_on, uow_in, read):
    """A data set of six numbers, which is a large one; its jobs, and what its page says."""

    class Large:
        most = 6

        def night(self, village=VILLAGE):
            with uow_in(village) as uow:
                editions.make_edition(uow, part="places", dataset="numbers")
                uow.commit()

        def begun(self, uow):
            return catalogue.unfinished_edition(uow, "places", "numbers")

        def write(self):
            with uow_in(VILLAGE) as uow:
                editions.write_file(uow, edition_id=str(self.begun(uow).id))
                uow.commit()

        def says(self, path=PAGE, village=VILLAGE, ask=read):
            return ask(path, village).text.replace("\xa0", " ")

        def lines(self):
            return read(FILE).text.count("\r\n")

    found = Large()
    for module in (editions, catalogue):
        monkeypatch.setattr(
            module, "declared_here", lambda: {("places", "numbers"): numbers_to(found.most)}
        )
    monkeypatch.setattr(editions, "LARGE", 5)
    return found


def test_files_of_a_large_set_are_written_one_by_one(large, read, uow_in, editor):
    large.night()
    large.night()  # the same night's job again begins nothing anew
    assert "издание № 1. Готови файлове: 1 от 3." in large.says()
    assert read(FILE).status_code == 404
    assert "Готови файлове" not in large.says(village=NEIGHBOUR)
    with uow_in(NEIGHBOUR) as uow:
        assert large.begun(uow) is None
    large.write()
    console = editor.get("/console/opendata/").text.replace("\xa0", " ")
    assert "Готови файлове: 2 от 3." in console
    large.write()
    assert "Готови файлове" not in large.says() and large.lines() == 7
    assert read(FILE, NEIGHBOUR).status_code == 404


def test_the_edition_before_stands_until_a_large_one_is_whole(large, owner):
    large.night()
    large.write()
    large.write()
    large.most = 8
    large.night()
    assert large.lines() == 7 and "№ 2. Готови файлове: 1" in large.says()
    large.most = 9
    large.night()  # what was begun is out of date: nothing of it is left
    large.write()
    large.write()
    assert large.lines() == 10 and "№ 2 от" in large.says()
    [(editions_kept,)] = owner("select count(*) from t_gorno_selo.opendata_edition")
    assert editions_kept == 2
