"""Each data set that a part gives away: nobody stands in it, small numbers are hidden."""

import re

import pytest
from frictionless import Resource, Schema
from sqlalchemy import LargeBinary, inspect
from sqlalchemy.sql import visitors
from sqlalchemy.sql.functions import count
from sqlalchemy.sql.functions import sum as sum_

from obshto.modules.opendata.services.descriptions import schema_of
from obshto.ops.compose import all_components
from obshto.platform.datasets.declarations import ColumnType
from obshto.platform.datasets.rows import stream
from obshto.platform.datasets.writers import write_csv
from obshto.platform.disclosure.channel_suppression import LEAST
from obshto.platform.keys.encryption import Encrypted

DECLARED = [
    pytest.param(part, dataset, id=f"{part.slug}.{dataset.slug}")
    for part in all_components()
    for dataset in part.datasets
]
of_each = pytest.mark.parametrize(("part", "dataset"), DECLARED)
PEOPLE = re.compile(r"(_by|_by_id|person_id|applicant|author|assignee|email|egn|code_index|_key)$")
ALLOWED = {"date": str, "datetime": str, "string": str, "integer": int, "number": (int, float)}
NUMBER_OF_A_PERSON = re.compile(r"(?<![0-9a-f-])\d{10}(?![0-9a-f-])")  # outside of an id
PLANTED = "1" * 18  # what the leak watch's mark is in the seeds of these tests


# What is counted is told one by one in another data set: it names nobody.
THINGS = {("report-times", "proven")}

# What the seeds of these tests cannot fill, and why.
UNFILLED = {
    ("billing", "portal-costs"): "invoices are the region's, and no part of a village seeds them",
    ("reports", "report-times"): "a sender confirms, or two weeks of silence do; none is yet",
}


def columns_in(statement):
    """Every column of a table that a statement selects, or counts in a subquery."""
    for expression in statement.selected_columns:
        for found in visitors.iterate(expression):
            if getattr(found, "table", None) is not None:
                yield found


@of_each
def test_no_column_of_a_person_is_selected(part, dataset, uow_in, everything_on):
    with uow_in("gorno-selo") as uow:
        statement = dataset.rows(uow)
        for column in columns_in(statement):
            assert not isinstance(column.type, Encrypted | LargeBinary), column
            assert not PEOPLE.search(column.name), column
        for told in statement.column_descriptions:
            assert inspect(told["type"], raiseerr=False) is None, "select columns, not a model"


@of_each
def test_who_counts_says_that_people_are_counted(part, dataset, uow_in, everything_on):
    """A number out of count() may be told exactly only in what is no data set of ours."""
    with uow_in("gorno-selo") as uow:
        expressions = list(dataset.rows(uow).selected_columns)
    if dataset.unfold:
        return
    for column, expression in zip(dataset.columns, expressions, strict=True):
        is_counted = any(isinstance(one, count | sum_) for one in visitors.iterate(expression))
        if (dataset.slug, column.name) not in THINGS:
            assert is_counted <= column.counts_people, column.name


@of_each
def test_the_declaration_holds_together(part, dataset):
    names = dataset.names
    assert len(set(names)) == len(names) and all(re.fullmatch(r"[a-z][a-z_0-9]*", n) for n in names)
    used = {*dataset.key, *dataset.within, *(dataset.point or ()), *(dataset.chart or ())}
    assert used | {dataset.named_by or names[0]} <= set(names)
    assert re.fullmatch(r"[a-z][a-z0-9-]{1,30}", dataset.slug)


@of_each
def test_rows_fit_their_columns_and_two_runs_are_equal(part, dataset, uow_in, seeded):
    with uow_in("gorno-selo") as uow:
        first, second = list(stream(uow, dataset)), list(stream(uow, dataset))
    assert first == second
    keys = [tuple(row[dataset.names.index(name)] for name in dataset.key) for row in first]
    assert len(set(keys)) == len(keys)
    for row in first:
        for column, cell in zip(dataset.columns, row, strict=True):
            if column.type is ColumnType.BOOLEAN:
                assert cell in (True, False)
            elif cell is not None:
                assert isinstance(cell, ALLOWED[column.type]), (column.name, cell)
            if column.words and cell is not None:
                assert cell in column.words, (column.name, cell)
            if column.counts_people:
                assert cell is None or cell >= LEAST, (column.name, cell)


@of_each
def test_the_csv_is_valid_by_its_table_schema(part, dataset, uow_in, seeded, tmp_path):
    with uow_in("gorno-selo") as uow, (tmp_path / "rows.csv").open("wb") as out:
        write_csv(out, dataset.names, stream(uow, dataset))
    schema = Schema.from_descriptor(schema_of(dataset.columns))
    report = Resource(path="rows.csv", basepath=str(tmp_path), schema=schema).validate()
    assert report.valid, report.to_summary()


@of_each
def test_nobody_and_nothing_planted_stands_in_it(part, dataset, uow_in, seeded):
    with uow_in("gorno-selo") as uow:
        text = "\n".join(str(cell) for row in stream(uow, dataset) for cell in row)
    assert PLANTED not in text and "Контролн" not in text
    assert "Проба" not in text and "@" not in text  # the people of the seeds and their addresses
    assert not NUMBER_OF_A_PERSON.search(text)


@of_each
def test_another_municipality_gets_none_of_it(part, dataset, uow_in, seeded):
    with uow_in("dolno-selo") as uow:
        assert list(stream(uow, dataset)) == []


def test_the_demonstration_fills_each_of_them(uow_in, seeded):
    """So that the tests above look at rows."""
    with uow_in("gorno-selo") as uow:
        empty = {
            (part.slug, dataset.slug)
            for part in all_components()
            for dataset in part.datasets
            if next(stream(uow, dataset), None) is None
        }
    assert empty == set(UNFILLED)


@of_each
def test_the_time_that_it_tells_of_is_declared(part, dataset):
    """By columns of it; without any the set says how things stand on the day of the edition."""
    kinds = (ColumnType.DATE, ColumnType.DATETIME)
    times = {one.name for one in dataset.columns if one.type in kinds}
    times |= {one.name for one in dataset.columns if one.name in ("month", "year")}
    assert set(dataset.period) <= times
    assert bool(dataset.period) == bool(times), "name the columns of its period"
