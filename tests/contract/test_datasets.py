"""Each data set that a part gives away: nobody stands in it, small numbers are hidden."""

import re

import pytest
from frictionless import Resource, Schema
from sqlalchemy import LargeBinary, inspect
from sqlalchemy.sql import visitors
from sqlalchemy.sql.functions import count
from sqlalchemy.sql.functions import sum as sum_
from support.contract import ONLY

from obshto.modules.opendata.services.descriptions import schema_of
from obshto.ops.compose import all_components
from obshto.platform.datasets.declarations import ColumnType
from obshto.platform.datasets.rows import stream
from obshto.platform.datasets.writers import write_csv
from obshto.platform.disclosure.channel_suppression import LEAST
from obshto.platform.keys.encryption import Encrypted

DECLARED = {
    f"{part.slug}.{dataset.slug}": dataset
    for part in all_components()
    for dataset in part.datasets
    if ONLY in ("", part.slug)
}
PEOPLE = re.compile(r"(_by|_by_id|person_id|applicant|author|assignee|email|egn|code_index|_key)$")
ALLOWED = {"date": str, "datetime": str, "string": str, "integer": int, "number": (int, float)}
NUMBER_OF_A_PERSON = re.compile(r"(?<![0-9a-f-])\d{10}(?![0-9a-f-])")  # outside of an id
PLANTED = "1" * 18  # what the leak watch's mark is in the seeds of these tests
VILLAGE = "gorno-selo"

# What is counted is told one by one in another data set: it names nobody.
THINGS = {("report-times", "proven")}

# What the seeds of these tests cannot fill, and why.
UNFILLED = {
    "billing.portal-costs": "invoices are the region's, and no part of a village seeds them",
    "reports.report-times": "a sender confirms, or two weeks of silence do; none is yet",
}


@pytest.fixture
def streamed(uow_in, seeded):
    """streamed(village): all rows of each data set. The rows are put back once for all sets."""

    def read(village):
        with uow_in(village) as uow:
            return {name: list(stream(uow, dataset)) for name, dataset in DECLARED.items()}

    return read


def columns_in(statement):
    """Every column of a table that a statement selects, or counts in a subquery."""
    for expression in statement.selected_columns:
        for found in visitors.iterate(expression):
            if getattr(found, "table", None) is not None:
                yield found


def test_no_column_of_a_person_is_selected(uow_in, everything_on):
    with uow_in(VILLAGE) as uow:
        statements = {name: dataset.rows(uow) for name, dataset in DECLARED.items()}
    for name, statement in statements.items():
        for column in columns_in(statement):
            assert not isinstance(column.type, Encrypted | LargeBinary), (name, column)
            assert not PEOPLE.search(column.name), (name, column)
        for told in statement.column_descriptions:
            is_model = inspect(told["type"], raiseerr=False) is not None
            assert not is_model, (name, "select columns, not a model")


def test_who_counts_says_that_people_are_counted(uow_in, everything_on):
    """A number out of count() may be told exactly only in what is no data set of ours."""
    plain = {name: dataset for name, dataset in DECLARED.items() if not dataset.unfold}
    with uow_in(VILLAGE) as uow:
        found = {name: list(plain[name].rows(uow).selected_columns) for name in plain}
    for name, dataset in plain.items():
        for column, expression in zip(dataset.columns, found[name], strict=True):
            is_counted = any(isinstance(one, count | sum_) for one in visitors.iterate(expression))
            if (dataset.slug, column.name) not in THINGS:
                assert is_counted <= column.counts_people, (name, column.name)


@pytest.mark.parametrize("name", DECLARED)
def test_the_declaration_holds_together(name):
    dataset = DECLARED[name]
    names = dataset.names
    assert len(set(names)) == len(names) and all(re.fullmatch(r"[a-z][a-z_0-9]*", n) for n in names)
    used = {*dataset.key, *dataset.within, *(dataset.point or ()), *(dataset.chart or ())}
    assert used | {dataset.named_by or names[0]} <= set(names)
    assert re.fullmatch(r"[a-z][a-z0-9-]{1,30}", dataset.slug)


def test_rows_fit_their_columns_and_two_runs_are_equal(streamed):
    first, second = streamed(VILLAGE), streamed(VILLAGE)
    assert [name for name in DECLARED if first[name] != second[name]] == []
    for name, rows in first.items():
        dataset = DECLARED[name]
        keys = [tuple(row[dataset.names.index(one)] for one in dataset.key) for row in rows]
        assert len(set(keys)) == len(keys), name
        for row in rows:
            for column, cell in zip(dataset.columns, row, strict=True):
                assert fits(column, cell), (name, column.name, cell)


def fits(column, cell):
    """Whether a cell is of its column's type, one of its words, no small number of people."""
    if column.type is ColumnType.BOOLEAN:
        return cell in (True, False)
    if cell is None:
        return True
    if not isinstance(cell, ALLOWED[column.type]) or (column.words and cell not in column.words):
        return False
    return not column.counts_people or cell >= LEAST


def test_the_csv_is_valid_by_its_table_schema(streamed, tmp_path):
    for name, rows in streamed(VILLAGE).items():
        dataset = DECLARED[name]
        with (tmp_path / "rows.csv").open("wb") as out:
            write_csv(out, dataset.names, rows)
        schema = Schema.from_descriptor(schema_of(dataset.columns))
        report = Resource(path="rows.csv", basepath=str(tmp_path), schema=schema).validate()
        assert report.valid, (name, report.to_summary())


def test_nobody_and_nothing_planted_stands_in_it(streamed):
    for name, rows in streamed(VILLAGE).items():
        text = "\n".join(str(cell) for row in rows for cell in row)
        assert PLANTED not in text and "Контролн" not in text, name
        # The people of the seeds and their addresses.
        assert "Проба" not in text and "@" not in text, name
        assert not NUMBER_OF_A_PERSON.search(text), name


def test_another_municipality_gets_none_of_it(streamed):
    assert [name for name, rows in streamed("dolno-selo").items() if rows] == []


@pytest.mark.skipif(bool(ONLY), reason="asks all parts")
def test_the_demonstration_fills_each_of_them(streamed):
    """So that the tests above look at rows."""
    assert {name for name, rows in streamed(VILLAGE).items() if not rows} == set(UNFILLED)


@pytest.mark.parametrize("name", DECLARED)
def test_the_time_that_it_tells_of_is_declared(name):
    """By columns of it; without any the set says how things stand on the day of the edition."""
    dataset = DECLARED[name]
    kinds = (ColumnType.DATE, ColumnType.DATETIME)
    times = {one.name for one in dataset.columns if one.type in kinds}
    times |= {one.name for one in dataset.columns if one.name in ("month", "year")}
    assert set(dataset.period) <= times
    assert bool(dataset.period) == bool(times), "name the columns of its period"
