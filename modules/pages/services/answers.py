"""Was this page clear? What readers answer, and who reads it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, delete, func, select

from obshto.modules.pages.errors import NoSuchPage
from obshto.modules.pages.events import AnswerRead
from obshto.modules.pages.models import Answer, Page
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.errors import Conflict
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=365)
HIDDEN = "…"
# What would lead to somebody: addresses of mail and the web, and anything with the digits of a
# phone or a personal number.
_personal = re.compile(r"(?<![^\s@])[^\s@]+@\S+|https?://\S+|\+?\d(?:[ ./()-]{0,2}\d){5,}")


def answer(uow: UnitOfWork, page: Page, *, is_clear: bool, words: str, request_id: UUID) -> None:
    """Keep an answer without who gave it. The same `request_id` again does nothing."""
    given = Answer(
        request_id=request_id,
        page_id=page.id,
        is_clear=is_clear,
        words=without_traces(words),
        given_on=day_of(uow.now),
    )
    if create_once(uow, given) is not given:
        return


def without_traces(words: str) -> str:
    """The words without mail addresses, links and long numbers."""
    return _personal.sub(HIDDEN, words)


def unread() -> Select[Answer]:
    """What somebody wrote about a page that is there, and nobody has read; the oldest first."""
    rows = select(Answer).join(Page, Page.id == Answer.page_id)
    waiting = rows.where(Answer.read_at.is_(None), Page.deleted_at.is_(None))
    return waiting.where(Answer.words != "").order_by(Answer.given_on, Answer.id)


def number_unread(uow: UnitOfWork) -> int:
    return count(uow, unread())


def tallies(uow: UnitOfWork, page: Page) -> tuple[int, int]:
    """To how many it was clear, to how many it was not. One query."""
    counted = select(
        func.count().filter(Answer.is_clear.is_(True)),
        func.count().filter(Answer.is_clear.is_(False)),
    )
    clear, unclear = uow.session.execute(counted.where(Answer.page_id == page.id)).one()
    return clear, unclear


def answer_of(uow: UnitOfWork, answer_id: UUID) -> tuple[Answer, Page]:
    """An answer with its page, nobody else may change it meanwhile. Raises NoSuchPage."""
    rows = select(Answer, Page).join(Page, Page.id == Answer.page_id)
    wanted = rows.where(Answer.id == answer_id, Page.deleted_at.is_(None))
    found = uow.session.execute(wanted.with_for_update(of=Answer)).one_or_none()
    if found is None:
        raise NoSuchPage
    return found[0], found[1]


def mark_read(uow: UnitOfWork, given: Answer, page: Page, *, expected_version: int) -> None:
    """Somebody has read it; a second time does nothing. Raises Conflict."""
    if given.read_at:
        return
    expect_version(given, expected_version, Conflict)
    given.read_at = uow.now
    uow.emit(AnswerRead(subject_id=page.id, title=page.title))


def forget_old(uow: UnitOfWork) -> None:
    """Job: answers are kept for a year."""
    day = day_of(uow.now - KEPT)
    uow.session.execute(delete(Answer).where(Answer.given_on < day))
