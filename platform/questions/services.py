"""Questions are kept exactly once, by the request that brought them."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from obshto.platform.entity import of_request
from obshto.platform.questions.models import QuestionRow
from obshto.platform.unit_of_work import UnitOfWork

Q = TypeVar("Q", bound=QuestionRow)


def question_by(uow: UnitOfWork, model: type[Q], request_id: UUID) -> Q | None:
    """The one that came with that form; None where none did."""
    return of_request(uow, model, request_id)


def keep_question(uow: UnitOfWork, row: Q) -> tuple[Q, bool]:
    """The row, or the one that the same request brought before; True where it is new."""
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:
        if first := question_by(uow, type(row), row.request_id):
            return first, False
        raise
    return row, True
