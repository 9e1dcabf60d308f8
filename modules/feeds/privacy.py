"""What posts know of a person: what they wrote, changed, approved or decided as staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from obshto.modules.feeds.models import Post, VillageChoice, VillageMayor
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The posts that the person began, changed last or approved; the villages they decided for, and
    those that they are the mayor of.
    """
    marks = (Post.author_id, Post.changed_by_id, Post.approved_by_id)
    own = select(Post).where(or_(*(mark == person_id for mark in marks)))
    rows = [
        {"title": post.title, "written_at": post.written_at.isoformat()}
        for post in uow.session.scalars(own.order_by(Post.written_at))
    ]
    decided = select(VillageChoice).where(VillageChoice.decided_by_id == person_id)
    choices = [
        {"ekatte": choice.ekatte, "decided_at": choice.decided_at.isoformat()}
        for choice in uow.session.scalars(decided.order_by(VillageChoice.ekatte))
    ]
    bound = select(VillageMayor.ekatte).where(VillageMayor.person_id == person_id)
    mayor_of = [{"ekatte": one} for one in uow.session.scalars(bound.order_by(VillageMayor.ekatte))]
    return {"posts": rows, "village_choices": choices, "mayor_of": mayor_of}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The text stays the municipality's; nobody is named beside it any more."""
    for values in (
        {Post.author_id: None},
        {Post.changed_by_id: None, Post.changed_by: ""},
        {Post.approved_by_id: None, Post.approved_by: ""},
        {VillageChoice.decided_by_id: None, VillageChoice.decided_by: ""},
        {VillageMayor.person_id: None, VillageMayor.name: ""},
    ):
        mark = next(iter(values))
        uow.session.execute(update(mark.class_).where(mark == person_id).values(values))
