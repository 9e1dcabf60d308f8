"""A data set of 500,000 rows: streamed, written in every format; time and memory of each."""

from __future__ import annotations

import resource
import time
from tempfile import TemporaryFile

from sqlalchemy import func, select

from obshto.platform.datasets.declarations import Column, ColumnType, Dataset
from obshto.platform.datasets.rows import stream
from obshto.platform.datasets.writers import write_csv, write_json, write_xlsx
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

ROWS = 500_000
TARGET = 64  # MB that a format may add to the process
WRITERS = (("json", write_json), ("csv", write_csv), ("xlsx", write_xlsx))


def bench(region):
    """Lines of the report. The rows are made by PostgreSQL, so nothing is written first."""
    dataset = _dataset()
    with region.app.app_context():
        scope = scope_named(region.slugs[0])
        for name, write in WRITERS:
            with open_uow(scope, Principal.system("bench")) as uow, TemporaryFile() as file:
                before, started = _peak(), time.perf_counter()
                write(file, dataset.names, stream(uow, dataset))
                took, size = time.perf_counter() - started, file.tell() / 1e6
            yield (
                f"{ROWS} rows as {name}: {took:.1f} s, {size:.0f} MB written,"
                f" {_peak() - before:.0f} MB more memory (target {TARGET})"
            )


def _dataset():
    rows = func.generate_series(1, ROWS).table_valued("number").render_derived()
    number = rows.c.number
    columns = (
        Column(name="id", title="Номер", type=ColumnType.INTEGER),
        Column(name="name", title="Име"),
        Column(name="amount", title="Сума", type=ColumnType.NUMBER),
        Column(name="day", title="Ден"),
    )
    return Dataset(
        slug="numbers",
        title="Числа",
        about="",
        columns=columns,
        rows=lambda uow: select(
            number, func.concat("Ред номер ", number), number * 1.25, func.now()
        ).order_by(number),
    )


def _peak():
    """Most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
