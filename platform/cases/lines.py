"""Lines of a case's history: what happened, on what ground, who did it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from obshto.platform.cases.models import CaseLineRow
from obshto.platform.unit_of_work import UnitOfWork

Line = TypeVar("Line", bound=CaseLineRow)


def add_line(
    uow: UnitOfWork,
    table: type[Line],
    case_id: UUID,
    name: str,
    *,
    ground: str = "",
    words: str | None = None,
    by_name: str = "",
    is_internal: bool = False,
    request_id: UUID | None = None,
) -> Line:
    """Write down what happened; `by_name` is empty where the person did it themselves."""
    new: Callable[..., Line] = table
    line = new(
        request_id=request_id,
        case_id=case_id,
        name=name,
        at=uow.now,
        by_id=uow.principal.person_id,
        by_name=by_name,
        ground=ground,
        words=words,
        is_internal=is_internal,
    )
    uow.session.add(line)
    return line
