"""Consents to letters about one thing: what an account follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from flask_babel import gettext, lazy_gettext
from sqlalchemy import select

from obshto.platform.followers.models import Follower
from obshto.platform.modularity.consents import Consents, GivenConsent
from obshto.platform.modularity.processing_activities import LookedAt
from obshto.platform.modularity.registry import current_registry
from obshto.platform.unit_of_work import UnitOfWork


def things_followed(uow: UnitOfWork, person_id: UUID) -> Sequence[GivenConsent]:
    """What an account follows, the newest first. One query, and those of each part that appears."""
    rows = _rows(uow, person_id)
    named = _named(uow, rows)
    return [_given(row, named.get(row.object_id)) for row in rows]


def stop_thing(uow: UnitOfWork, person_id: UUID, consent_id: UUID) -> None:
    """Nothing more is written about it."""
    for row in _rows(uow, person_id):
        if _id_of(row) == consent_id:
            uow.session.delete(row)


def _rows(uow: UnitOfWork, person_id: UUID) -> Sequence[Follower]:
    rows = select(Follower).where(Follower.person_id == person_id)
    return uow.session.scalars(rows.order_by(Follower.at.desc(), Follower.object_id)).all()


def _id_of(row: Follower) -> UUID:
    return uuid5(row.object_id, row.part)


def _named(uow: UnitOfWork, rows: Sequence[Follower]) -> Mapping[UUID, LookedAt]:
    ids = defaultdict(set)
    for row in rows:
        ids[row.part].add(row.object_id)
    found: dict[UUID, LookedAt] = {}
    for slug, of_part in ids.items():
        part = current_registry().parts.get(slug)
        for one in part.processing if part else ():
            if one.describe:
                found |= one.describe(uow, of_part)
    return found


def _given(row: Follower, thing: LookedAt | None) -> GivenConsent:
    part = current_registry().parts.get(row.part)
    about = thing.title if thing else str(part.processing[0].title) if part else row.part
    title = gettext("Да ми пишете, когато има нещо ново: %(about)s", about=about)
    return GivenConsent(id=_id_of(row), title=str(title), given_at=row.at)


CONSENTS = Consents(
    wording=lazy_gettext("Искам да ми пишете, когато има нещо ново по това, което следя."),
    to_whom=lazy_gettext("общината и доставчиците на имейл и на SMS"),
    withdrawn=lazy_gettext("Повече не Ви пишем за това."),
    given_by=things_followed,
    withdraw=stop_thing,
)
