"""The regional profile: each municipality writes its own rows, and they are read together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.feeds.models import Post, RegionalPost
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.platform.clock import now
from obshto.platform.scope import is_in_practice
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "feeds:deliver"


def put_in_region(municipality: str, post: Post) -> None:
    """As it was approved. To do so twice changes nothing."""
    if is_in_practice():
        return
    shown = shown_of(post)
    row = {
        "municipality": municipality,
        "post_id": post.id,
        "title": shown.title,
        "summary": shown.summary,
        "path": shown.path,
        "place": shown.place,
        "is_urgent": post.is_urgent,
        "until": shown.until,
        "published_at": post.sent_at,
        "changed_at": now(),
    }
    put = insert(RegionalPost).values(row)
    kept = ("municipality", "post_id", "published_at")
    changed = {name: put.excluded[name] for name in row if name not in kept}
    with open_uow(None, Principal.system(REASON)) as region:
        statement = put.on_conflict_do_update(
            index_elements=("municipality", "post_id"), set_=changed
        )
        region.session.execute(statement)
        region.invalidate_region_pages()


def take_from_region(municipality: str, post_id: UUID) -> None:
    """It stands there no more."""
    own = delete(RegionalPost).filter_by(municipality=municipality, post_id=post_id)
    with open_uow(None, Principal.system(REASON)) as region:
        region.session.execute(own)
        region.invalidate_region_pages()


def regional_posts(
    moment: datetime, *, among: Collection[str], municipality: str = "", place: str = ""
) -> Select[RegionalPost]:
    """What the profile shows, the newest first: of municipalities that have posts switched on."""
    is_over = RegionalPost.until <= moment
    rows = select(RegionalPost).where(
        RegionalPost.municipality.in_([municipality] if municipality in among else among),
        RegionalPost.published_at <= moment,
        is_over.is_not(True),
    )
    if place:
        rows = rows.where(RegionalPost.place == place)
    return rows.order_by(RegionalPost.published_at.desc(), RegionalPost.post_id.desc())


def places_in(uow: UnitOfWork, moment: datetime, municipality: str) -> list[str]:
    """The towns and villages that its posts are about, to choose from. One query."""
    rows = regional_posts(moment, among=[municipality], municipality=municipality)
    places = rows.order_by(None).with_only_columns(RegionalPost.place).distinct()
    return sorted(filter(None, uow.session.scalars(places)))
