"""Numbers without gaps, for each municipality and year."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from obshto.platform.cases.models import CounterRow
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork


def next_number(uow: UnitOfWork, counter: type[CounterRow], kind: str) -> tuple[int, int]:
    """Year and number. The counter's row stays locked until this transaction ends.

    So the next one waits, a number that is rolled back is given again, and after a crash there is
    neither a gap nor a double.
    """
    year = uow.now.astimezone(SOFIA).year
    first = insert(counter).values(kind=kind, year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=[counter.kind, counter.year], set_={"last": counter.last + 1}
    )
    return year, uow.session.execute(counted.returning(counter.last)).scalar_one()
