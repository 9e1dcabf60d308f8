"""Ready guides in three languages: what there is online, how to take part, why it is safe."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from obshto.modules.pages.errors import NoSuchPage, StaleVersion
from obshto.modules.pages.models import SECTIONS, Kind, Page, Section
from obshto.modules.pages.services.edits import Text, translate_page, write_page
from obshto.modules.pages.services.publication import publish_page, restore_page
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.modularity.registry import components_here
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

FILE = Path(__file__).parents[1] / "data" / "guides.json"
_place = re.compile(r"\{(phone|email|address)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A text that holds in every municipality; `needs` is the module that it speaks of."""

    key: str
    section: Section
    needs: str
    texts: Mapping[str, Mapping[str, str]]

    def text(self, language: str, contact: Mapping[str, str]) -> Text:
        """The words, with the municipality's own telephone."""
        told = self.texts[language]
        body = _place.sub(lambda found: contact.get(found[1], ""), told["body"])
        return Text(title=told["title"], summary=told["summary"], markdown=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A guide with the page that was made of it here, where there is one."""

    guide: Guide
    page: Page | None
    is_due: bool  # whether what it speaks of is switched on

    @property
    def is_on(self) -> bool:
        return self.page is not None and self.page.is_published

    @property
    def expected_version(self) -> int:
        """The version that a form about it carries."""
        return self.page.version if self.page else UNWRITTEN


def guides_here(uow: UnitOfWork) -> list[Offered]:
    """Every guide, in the order in which they are told. One query."""
    ids = {request_id(uow, guide.key): guide for guide in guides()}
    rows = uow.session.scalars(select(Page).where(Page.request_id.in_(ids)))
    pages = {page.request_id: page for page in rows}
    on = {part.slug for part in components_here()}
    return [
        Offered(guide=guide, page=pages.get(key), is_due=not guide.needs or guide.needs in on)
        for key, guide in ids.items()
    ]


def guide_named(key: str) -> Guide:
    """Raises NoSuchPage."""
    found = next((guide for guide in guides() if guide.key == key), None)
    if found is None:
        raise NoSuchPage
    return found


def switch_guide_on(
    uow: UnitOfWork, guide: Guide, contact: Mapping[str, str], *, expected_version: int
) -> Page:
    """Citizens read it from now on, in three languages; what was changed in it stays so.

    One that was deleted comes back. Raises StaleVersion.
    """
    page = _page(uow, guide)
    if page and page.is_published:
        return page
    if (page.version if page else UNWRITTEN) != expected_version:
        raise StaleVersion(who=page.changed_by if page else "")
    if page is None:
        page = _write(uow, guide, contact)
    elif page.deleted_at:
        restore_page(uow, page, expected_version=page.version)
        uow.session.flush()
    publish_page(uow, page, expected_version=page.version)
    return page


def request_id(uow: UnitOfWork, key: str) -> UUID:
    """By which the page of a guide is known again in its municipality."""
    return uuid5(NAMESPACE_URL, "/".join(("pages", uow.scope.slug, key)))


@cache
def guides() -> tuple[Guide, ...]:
    told = json.loads(FILE.read_text("utf-8"))
    return tuple(
        Guide(
            key=one["key"],
            section=SECTIONS[one["section"]],
            needs=one["needs"],
            texts=one["texts"],
        )
        for one in told
    )


def _page(uow: UnitOfWork, guide: Guide) -> Page | None:
    known = select(Page).where(Page.request_id == request_id(uow, guide.key))
    return uow.session.scalar(known.with_for_update())


def _write(uow: UnitOfWork, guide: Guide, contact: Mapping[str, str]) -> Page:
    page = write_page(
        uow,
        guide.text(SOURCE, contact),
        kind=Kind.PLAIN,
        section=guide.section,
        request_id=request_id(uow, guide.key),
    )
    for language in languages_of(uow):
        text = guide.text(language, contact)
        translate_page(uow, page, text, language=language, expected_version=UNWRITTEN)
    return page


def languages_of(uow: UnitOfWork) -> Collection[str]:
    """The languages of the municipality beside Bulgarian."""
    return [language for language in uow.scope.languages if language != SOURCE]
