"""Control case: the one that the leak watch plants among the cases of a table.

It takes no number of the register, and no list, count or export of people has it. Whoever finds
its words in another municipality found a leak.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import select

from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.models import CaseRow
from obshto.platform.db.base import new_id
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork

_YEAR = 0
_ENDED = datetime(9999, 1, 1, tzinfo=UTC)  # the last of all: it stands first among what is done

C = TypeVar("C", bound=CaseRow)


def control_case(uow: UnitOfWork, table: type[C], mark: str, **own: Any) -> C | None:
    """The case to write the mark into, with the table's own columns; None where it stands already.

    After a restore from elsewhere it is the one that came along, to be marked anew.
    """
    row = uow.session.scalar(select(table).where(table.year == _YEAR))
    if row and row.request_id == control_id(mark):
        return None
    if row is None:
        me = uow.principal.person_id
        common = {"id": new_id(), "year": _YEAR, "sequence": 0, "person_id": me, "channel": PORTAL}
        common |= {"entered_by": "", "sent_at": uow.now, "assignee_id": me, "ended_at": _ENDED}
        row = table(**common, **own)
    row.request_id = control_id(mark)
    uow.session.add(row)
    return row
