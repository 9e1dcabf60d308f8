"""The file of a whole municipality: looked at, brought in and taken back in bounded steps.

Vidin has 47,847 people. Here 25,000 pay two instalments each; `make test` brings in two steps.
"""

import io
import tracemalloc
from datetime import date, timedelta
from itertools import islice, product

import pytest
from sqlalchemy import func, select
from stdnum.bg import egn
from support.thorough import IS_THOROUGH

from obshto.modules.payments.models import Obligation
from obshto.modules.payments.services import import_run, import_undo
from obshto.modules.payments.services.import_review import STEP, look_at_file, review_of
from obshto.modules.payments.services.table_reader import COLUMNS, MOST_IN_SHEET, read_rows
from obshto.platform.storage.sheet_writer import write_sheet

WHOLE = pytest.param(50_000, marks=pytest.mark.long)
MOST_STATEMENTS = 40  # of one step, whatever it holds
MOST_MEMORY = 256 * 1024 * 1024  # bytes that Python holds for one job, of the 768 MiB of a worker


def invented(people):
    """Numbers that pass their check digit, of two people born on each day."""
    births = (date(1930, 1, 1) + timedelta(days=n) for n in range(people))
    bodies = (f"{day:%y%m%d}{serial}" for day, serial in product(births, ("001", "002")))
    return islice((body + egn.calc_check_digit(body) for body in bodies), people)


@pytest.fixture
def whole(office):
    """Work on a file of so many rows, each step with its statements and the most it held."""

    class Whole:
        def lines(self, rows):
            numbers = product(invented(rows // 2), (1, 2))
            return [office.line(number=number, part=part) for number, part in numbers]

        def act(self, do, import_id):
            with office.app.app_context(), office.open_uow() as uow:
                one = import_run.import_of(uow, import_id, to_change=True)
                do(uow, one, expected_version=one.version)

        def work(self, job, import_id):
            with office.app.app_context(), office.open_uow() as uow:
                job(uow, import_id=str(import_id))

        def state(self, import_id):
            with office.app.app_context(), office.open_uow() as uow:
                return import_run.import_of(uow, import_id).state

        def left(self):
            with office.app.app_context(), office.open_uow() as uow:
                return uow.session.scalar(select(func.count()).select_from(Obligation))

    return Whole()


def within(do):
    """What `do` returns, having held no more than a job may; to measure takes its time."""
    if not IS_THOROUGH:
        return do()
    tracemalloc.start()
    try:
        done = do()
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    return done


@pytest.mark.parametrize("rows", [STEP + 100, WHOLE])
def test_it_is_brought_in_and_taken_back_in_bounded_steps(office, whole, statements_of, rows):
    def statements_in(job):
        return len(statements_of(lambda: whole.work(job, import_id)))

    import_id = within(lambda: office.read(*whole.lines(rows)))
    assert within(lambda: statements_in(look_at_file)) <= MOST_STATEMENTS
    with office.app.app_context(), office.open_uow() as uow:
        assert review_of(uow, import_run.import_of(uow, import_id)).added == rows
    whole.act(import_run.apply_import, import_id)
    steps = 0
    while whole.state(import_id) == "applying":
        assert within(lambda: statements_in(import_run.bring_in)) <= MOST_STATEMENTS
        steps += 1
    assert (steps, whole.left()) == (-(-rows // STEP), rows)
    whole.act(import_undo.undo_import, import_id)
    assert within(lambda: statements_in(import_undo.take_back)) <= MOST_STATEMENTS
    assert (whole.state(import_id), whole.left(), office.payers()) == ("undone", 0, 0)


@pytest.mark.parametrize("rows", [1_000, pytest.param(MOST_IN_SHEET, marks=pytest.mark.long)])
def test_a_sheet_of_so_many_is_read_by_a_child_within_its_limits(whole, rows):
    """`storage/child` gives it 384 MiB of addresses and 15 seconds; what takes more is refused."""
    packed = io.BytesIO()
    write_sheet(packed, list(COLUMNS.values()), whole.lines(rows))
    packed.seek(0)
    assert len(within(lambda: read_rows(packed, "danaci.xlsx"))) == rows
