"""References to a numbered thing: its number as people write it, its follow code, its id."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_

from obshto.platform.cases.codes import FOLLOW
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork

_number = re.compile(r"(?:(20\d\d)\s*-\s*)?0*(\d{1,9})", re.ASCII).fullmatch


def opened_by(
    uow: UnitOfWork,
    table: Any,
    ref: str,
    index_of: Callable[[str], bytes],
    *,
    missing: type[DomainError],
    whose: type[DomainError],
) -> ColumnElement[bool]:
    """The condition under which a person opens a row: by its code, or by its id in their account.

    A code opens what stands in no account, or in that of who is signed in. `table` has `id`,
    `person_id` and `code_index`. Raises `missing` for what is neither, `whose` for an id that
    somebody asks for who is not signed in.
    """
    me = uow.principal.person_id
    if len(ref) == FOLLOW and ref.isascii() and ref.isdigit():
        nobodys = table.person_id.is_(None)
        is_open = or_(nobodys, table.person_id == me) if me else nobodys
        return and_(table.code_index == index_of(ref), is_open)
    try:
        wanted = table.id == UUID(ref)
    except ValueError:
        raise missing from None
    if me is None:
        raise whose
    return and_(wanted, table.person_id == me)


def numbered(table: Any, typed: str) -> ColumnElement[bool]:
    """The rows with this number, of every year where none is said; none for what is no number."""
    found = _number(typed.strip())
    if not found:
        return false()
    same: ColumnElement[bool] = table.sequence == int(found[2])
    return and_(same, table.year == int(found[1])) if found[1] else same


def is_number_of(row: Any, typed: str) -> bool:
    """Somebody wrote the number of this row, with its year or without."""
    found = _number(typed.strip())
    return bool(
        found and int(found[2]) == row.sequence and (not found[1] or int(found[1]) == row.year)
    )
