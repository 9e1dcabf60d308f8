"""Numbers without gaps, for each municipality and year."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from obshto.modules.eservices.models import Counter
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork

ENTRY, OUTGOING = "entry", "outgoing"


def next_number(uow: UnitOfWork, kind: str) -> tuple[int, int]:
    """Year and number. The counter's row stays locked until this transaction ends.

    So the next one waits, a number that is rolled back is given again, and after a crash there is
    neither a gap nor a double.
    """
    year = uow.now.astimezone(SOFIA).year
    first = insert(Counter).values(kind=kind, year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=[Counter.kind, Counter.year], set_={"last": Counter.last + 1}
    )
    return year, uow.session.execute(counted.returning(Counter.last)).scalar_one()
