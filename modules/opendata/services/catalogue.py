"""Catalogue: the data sets that components here declare, and those that officials brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, or_, select

from obshto.modules.opendata.errors import NoSuchDataset
from obshto.modules.opendata.models import Edition, UploadedSet
from obshto.platform.datasets.declarations import CC_BY, Column, ColumnType, Dataset
from obshto.platform.modularity.registry import components_here
from obshto.platform.unit_of_work import UnitOfWork

OWN = "own"  # the part of what officials bring
CC_ZERO = "https://creativecommons.org/publicdomain/zero/1.0/"
LICENCES: Mapping[str, LazyString] = {
    CC_BY: _("Ползвайте свободно, като посочите общината"),
    CC_ZERO: _("Ползвайте свободно, без условия"),
}
# Codes of http://publications.europa.eu/resource/authority/data-theme
THEMES: Mapping[str, LazyString] = {
    "GOVE": _("Управление и обществени услуги"),
    "ECON": _("Икономика и финанси"),
    "EDUC": _("Образование, култура и спорт"),
    "ENVI": _("Околна среда"),
    "REGI": _("Населени места и територия"),
    "SOCI": _("Население и общество"),
    "TRAN": _("Транспорт"),
    "HEAL": _("Здраве"),
    "AGRI": _("Земеделие и гори"),
    "ENER": _("Енергия"),
    "JUST": _("Сигурност и обществен ред"),
}
POINT = ("latitude", "longitude")
UNFINISHED = func.cardinality(Edition.awaited) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """A data set as people and programs find it. `edition` is its latest, None before a night."""

    part: str
    slug: str
    title: LazyString | str
    about: LazyString | str
    columns: tuple[Column, ...]
    theme: str
    licence: str
    source: str = ""
    path: str = ""
    point: tuple[str, str] | None = None
    named_by: str = ""  # the column by which a point is called, where not by its first text
    group: Column | None = None  # by which it is drawn, where not by period
    edition: Edition | None = None
    unfinished: Edition | None = None  # a large one whose files are still written
    published_at: datetime | None = None

    @property
    def id(self) -> UUID:
        return object_id(self.part, self.slug)

    @property
    def has_hidden(self) -> bool:
        """Small numbers of people are hidden in it."""
        return any(column.counts_people for column in self.columns)

    @property
    def address(self) -> str:
        """Its stable path below the host."""
        return f"/opendata/sets/{self.part}/{self.slug}"


def object_id(part: str, slug: str) -> UUID:
    """By which events and the search know a data set."""
    return UUID(slug) if part == OWN else uuid5(NAMESPACE_URL, f"dataset/{part}/{slug}")


def declared_here() -> Mapping[tuple[str, str], Dataset]:
    """What components that are on here declare, by part and slug."""
    return {(part.slug, one.slug): one for part in components_here() for one in part.datasets}


def entries(uow: UnitOfWork, *, words: str = "", theme: str = "") -> Sequence[CatalogueEntry]:
    """The catalogue by title, narrowed. Two queries."""
    rows = uow.session.scalars(select(Edition).where(or_(Edition.is_latest, UNFINISHED))).all()
    latest = {(row.part, row.dataset): row for row in rows if row.is_latest}
    begun = {(row.part, row.dataset): row for row in rows if not row.is_latest}
    found = [
        _declared(part, one, latest.get((part, slug)), begun.get((part, slug)))
        for (part, slug), one in declared_here().items()
    ]
    found += [_own(row, latest.get((OWN, str(row.id)))) for row in uow.session.scalars(shown())]
    wanted = words.casefold().split()
    narrowed = (one for one in found if not theme or one.theme == theme)
    said = (one for one in narrowed if all(word in _said(one) for word in wanted))
    return sorted(said, key=lambda one: (str(one.title).casefold(), one.part, one.slug))


def entry_of(uow: UnitOfWork, part: str, slug: str) -> CatalogueEntry:
    """One that everybody may see, with its latest edition. Raises NoSuchDataset."""
    if part == OWN:
        row = uow.session.scalar(shown().where(UploadedSet.id == _uuid(slug)))
        if row is None:
            raise NoSuchDataset
        return _own(row, latest_edition(uow, part, slug))
    declared = declared_here().get((part, slug))
    if declared is None:
        raise NoSuchDataset
    begun = unfinished_edition(uow, part, slug)
    return _declared(part, declared, latest_edition(uow, part, slug), begun)


def shown() -> Select[UploadedSet]:
    """Sets brought by hand that everybody sees."""
    is_shown = UploadedSet.published_at.is_not(None), UploadedSet.withdrawn_at.is_(None)
    return select(UploadedSet).where(*is_shown)


def latest_edition(
    uow: UnitOfWork, part: str, slug: str, *, to_change: bool = False
) -> Edition | None:
    """The edition in force."""
    wanted = select(Edition).where(Edition.part == part, Edition.dataset == slug)
    wanted = wanted.where(Edition.is_latest)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def unfinished_edition(uow: UnitOfWork, part: str, slug: str) -> Edition | None:
    """The edition whose files are still written."""
    wanted = select(Edition).where(Edition.part == part, Edition.dataset == slug, UNFINISHED)
    return uow.session.scalar(wanted)


def editions_of(part: str, slug: str) -> Select[Edition]:
    """All editions that are whole, the latest first."""
    wanted = select(Edition).where(Edition.part == part, Edition.dataset == slug, ~UNFINISHED)
    return wanted.order_by(Edition.number.desc())


def column_of(told: Mapping[str, Any]) -> Column:
    """A column of a set brought by hand, as its row holds it."""
    kind = ColumnType(told["type"])
    return Column(
        name=told["name"], title=told["title"], type=kind, is_place=told.get("is_place", False)
    )


def _declared(
    part: str, declared: Dataset, edition: Edition | None, begun: Edition | None
) -> CatalogueEntry:
    return CatalogueEntry(
        part=part,
        slug=declared.slug,
        title=declared.title,
        about=declared.about,
        columns=declared.columns,
        theme=declared.theme,
        licence=declared.licence,
        path=declared.path,
        point=declared.point,
        named_by=declared.named_by,
        group=declared.group,
        edition=edition,
        unfinished=begun,
        published_at=edition.made_at if edition else None,
    )


def _own(row: UploadedSet, edition: Edition | None) -> CatalogueEntry:
    columns = tuple(column_of(told) for told in row.columns)
    has_point = set(POINT) <= {column.name for column in columns}
    return CatalogueEntry(
        part=OWN,
        slug=str(row.id),
        title=row.title,
        about=row.about,
        columns=columns,
        theme=row.theme,
        licence=row.licence,
        source=row.source,
        point=POINT if has_point else None,
        edition=edition,
        published_at=row.published_at,
    )


def _said(one: CatalogueEntry) -> str:
    columns = " ".join(str(column.title) for column in one.columns)
    return f"{one.title} {one.about} {columns} {one.slug}".casefold()


def _uuid(slug: str) -> UUID:
    try:
        return UUID(slug)
    except ValueError:
        raise NoSuchDataset from None
