"""Links of public pages that lead nowhere."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, or_, select

from obshto.modules.pages.models import Link, Page
from obshto.modules.pages.services.queries import public
from obshto.platform.content.links import leads_somewhere
from obshto.platform.unit_of_work import UnitOfWork

_href = re.compile(r'<a [^>]*?href="([^"]*)"')
LONGEST = 600  # characters of an address: longer ones fit no index, and nobody reads on


def check_links(uow: UnitOfWork) -> None:
    """Job: ask our own house for every page that a public page leads to; note who leads out.

    A page is asked for once, however many lead there. Other servers are not asked: from here
    that could be turned against machines that only we can reach.
    """
    ids = list(uow.session.scalars(public(uow).with_only_columns(Page.id)))
    texts = select(Page).where(or_(Page.id.in_(ids), Page.translation_of.in_(ids)))
    found: dict[tuple[UUID, str], bool] = {}
    asked: dict[str, bool] = {}
    for page in uow.session.scalars(texts).all():
        for address in links_in(page.html):
            path = _path_here(address, uow.scope.host)
            if path and path not in asked:
                asked[path] = leads_somewhere(uow.scope, path)
            if path is None or not asked[path]:
                found[page.translation_of or page.id, _shown(address)] = path is not None
    uow.session.execute(delete(Link))
    rows = [
        {"page_id": page_id, "address": address, "is_broken": is_broken, "looked_at": uow.now}
        for (page_id, address), is_broken in found.items()
    ]
    if rows:
        uow.session.execute(insert(Link), rows)


def links_in(html: str) -> list[str]:
    """The web addresses that clean HTML leads to, each once; mail and phones are none."""
    found = (unescape(address) for address in _href.findall(html))
    return [
        address
        for address in dict.fromkeys(found)
        if urlsplit(address).scheme in ("", "http", "https") and not address.startswith("#")
    ]


def listed() -> Select[Link]:
    """What was noted: broken ones first, by the title of their page."""
    rows = select(Link).join(Page, Page.id == Link.page_id)
    here = rows.where(Page.deleted_at.is_(None))
    return here.order_by(Link.is_broken.desc(), Page.title, Link.address)


def number_broken(uow: UnitOfWork) -> int:
    broken = listed().where(Link.is_broken.is_(True)).subquery()
    return uow.session.scalar(select(func.count()).select_from(broken)) or 0


def _shown(address: str) -> str:
    return address if len(address) <= LONGEST else f"{address[:LONGEST]}…"


def _path_here(address: str, host: str) -> str | None:
    """The path in our own house; None for what leads out of it."""
    parts = urlsplit(address)
    if parts.netloc not in ("", host):
        return None
    path = parts.path if parts.path.startswith("/") else f"/pages/{parts.path}"
    return f"{path}?{parts.query}" if parts.query else path
