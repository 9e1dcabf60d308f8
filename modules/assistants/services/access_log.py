"""Looks at a request: the coordinator who opens it to agree on a day, the named official."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import load_only

from obshto.modules.assistants.events import CallersLookedAt
from obshto.modules.assistants.models import HelpRequest
from obshto.modules.assistants.services.home_addresses import (
    ALARM,
    GROUND,
    VISIT,
    load_people,
    opened,
)
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes.services import Purpose, look, look_at_each
from obshto.platform.unit_of_work import UnitOfWork

PLAN, SOLVE, CALL, TEACH = "plan", "solve", "call", "teach"
PURPOSES: Mapping[str, LazyString] = {
    PLAN: _("Урежда посещението на помощника"),
    CALL: _("Обажда се да каже кой ще дойде"),
    TEACH: _("Подготвя се за посещението при Вас"),
    SOLVE: _("Решава проблем от посещението"),
    VISIT: _("Отваря адреса Ви, защото днес идва при Вас"),
    ALARM: _("Отваря адреса Ви, защото няма вест от помощника"),
}
_KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.WORDS)


def look_at_request(uow: UnitOfWork, row: HelpRequest, word: str = PLAN) -> None:
    """Record that somebody opens who asks and what. The address is no part of it."""
    look(uow, opened(row), Purpose(word=word, kinds=_KINDS, ground=GROUND))


def look_at_callers(uow: UnitOfWork, rows: Sequence[HelpRequest]) -> None:
    """Open names and phones of who is visited soon, to tell them who comes. Two queries."""
    if not rows:
        return
    load_people(uow, [row.id for row in rows])
    fact = CallersLookedAt(subject_id=rows[0].id, number=rows[0].number)
    said = Purpose(word=CALL, kinds=(DataKind.NAME, DataKind.CONTACT), ground=GROUND, fact=fact)
    look_at_each(uow, [opened(row) for row in rows], said)


def restricted(uow: UnitOfWork, row: HelpRequest) -> DataRestricted | None:
    """Why staff may not act upon it: a restriction that was accepted after it was sent."""
    return restriction_refusal(uow, lambda: opened(row).subject, since=row.sent_at)


def usable(uow: UnitOfWork, row: HelpRequest) -> HelpRequest:
    """The same one, unless it is restricted. Raises DataRestricted.

    Cancelling, withdrawing and the acts on the spot never ask: they are at the person's word, or
    keep the visitor safe (Regulation (EU) 2016/679, art. 18(2)).
    """
    if refusal := restricted(uow, row):
        raise refusal
    return row


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The requests among these ids, as their people know them. One query."""
    known = load_only(HelpRequest.year, HelpRequest.sequence, HelpRequest.person_id)
    rows = uow.session.scalars(select(HelpRequest).where(HelpRequest.id.in_(ids)).options(known))
    return {
        row.id: LookedAt(
            gettext("Молба за помощник %(number)s", number=row.number),
            f"/assistants/case/{row.id}" if row.person_id else "",
        )
        for row in rows
    }


def look_at_visit(uow: UnitOfWork, row: HelpRequest) -> None:
    """The visitor opens the page of a visit: name, phone, what with. The address is no part."""
    look(uow, opened(row), Purpose(word=TEACH, kinds=_KINDS, ground=GROUND))
