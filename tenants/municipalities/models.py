"""The municipalities of the region, one row each: all that the door needs in one read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.clock import now
from obshto.platform.db.base import SharedModel


class Tenant(SharedModel):
    """A municipality: where its data lies, how it is called, how it looks, what is switched on.

    `version` rises with every public change, so that cached pages are let go; `state` names the
    migrations that have run in its schema.
    """

    __tablename__ = "tenant"
    slug: Mapped[str] = mapped_column(primary_key=True)
    titles: Mapped[dict[str, str]]  # by language: „Община Кула“
    names: Mapped[dict[str, str]]  # by language: „Кула“
    sort_key: Mapped[str]
    languages: Mapped[list[str]]
    modules: Mapped[list[str]]
    colour: Mapped[str]
    contact: Mapped[dict[str, Any]]  # phone, email, address
    facts: Mapped[dict[str, Any]]  # seat, census, area: what is public about the territory
    domain: Mapped[str | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(BigInteger, server_default="1")
    switches: Mapped[int] = mapped_column(server_default="0")  # how often modules were switched
    edits: Mapped[int] = mapped_column(server_default="0")  # how often the appearance was changed
    notice: Mapped[dict[str, Any] | None]  # `Notice.row`
    bulletins: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")  # `Bulletin.row`
    home_order: Mapped[list[str]] = mapped_column(server_default="{}")  # parts that come first
    emblem: Mapped[str | None]  # the tag of the coat of arms in force, where there is one
    emblem_before: Mapped[str | None]  # the one before it, to be taken back
    state: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class Emblem(SharedModel):
    """A coat of arms in one of its sizes: a PNG so many pixels wide. `tag` is made of its bytes."""

    __tablename__ = "emblem"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    width: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes]


class Region(SharedModel):
    """The one row of the region: its version lets its cached pages go."""

    __tablename__ = "region"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger, server_default="1")
    bulletins: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")


class Settlement(SharedModel):
    """A town or village by its EKATTE code; two villages may share a name."""

    __tablename__ = "settlement"
    ekatte: Mapped[str] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]  # „град“ or „село“
    names: Mapped[dict[str, str]]
    postal_code: Mapped[str | None]
    is_seat: Mapped[bool]
    sort_key: Mapped[str]
