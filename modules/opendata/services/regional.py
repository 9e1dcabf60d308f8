"""Catalogue of the region: the data sets of all municipalities, each of which writes its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, delete, func, select

from obshto.modules.opendata.models import RegionalDataset
from obshto.modules.opendata.services.catalogue import OWN, entries
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.web.language import LANGUAGES, SOURCE, speaking

REASON = "opendata:show-in-region"


def show_in_region(uow: UnitOfWork) -> None:
    """Job: the data sets that have an edition here, in place of those before."""
    slug = uow.scope.slug
    rows = [
        RegionalDataset(
            municipality=slug,
            part=entry.part,
            slug=entry.slug,
            titles=_said(entry.title, entry.part),
            abouts=_said(entry.about, entry.part),
            theme=entry.theme,
            licence=entry.licence,
            number=entry.edition.number,
            rows=entry.edition.rows,
            sizes=entry.edition.sizes,
            made_at=entry.edition.made_at,
            period=entry.edition.period,
        )
        for entry in entries(uow)
        if entry.edition
    ]
    with open_uow(None, Principal.system(REASON)) as region:
        own = RegionalDataset.municipality == slug
        region.session.execute(delete(RegionalDataset).where(own))
        region.session.add_all(told_outside(rows))
        region.invalidate_region_pages()


def _said(text: Any, part: str) -> dict[str, str]:
    """In each language; what officials wrote, as they wrote it."""
    told = {}
    for language in (SOURCE,) if part == OWN else LANGUAGES:
        with speaking(language):
            told[language] = str(text)
    return told


def regional_datasets(
    *, among: Collection[str], municipality: str = "", theme: str = "", words: str = ""
) -> Select[RegionalDataset]:
    """Of those municipalities that have the part on, in an order that stays."""
    row = RegionalDataset
    rows = select(row).where(row.municipality.in_(among))
    rows = rows.where(row.municipality == municipality) if municipality else rows
    rows = rows.where(row.theme == theme) if theme else rows
    for word in words.casefold().split()[:8]:
        said = func.lower(func.concat_ws(" ", *_texts()))
        rows = rows.where(said.contains(word, autoescape=True))
    return rows.order_by(row.titles[SOURCE].astext, row.municipality, row.part, row.slug)


def _texts() -> list[Any]:
    told = (RegionalDataset.titles, RegionalDataset.abouts)
    return [text[language].astext for text in told for language in LANGUAGES]


def datasets_by_municipality(
    uow: UnitOfWork, *, among: Collection[str]
) -> Mapping[str, tuple[int, int]]:
    """How many sets, and rows in them, each gives away. One query."""
    row = RegionalDataset
    told = select(row.municipality, func.count(), func.sum(row.rows))
    of_them = told.where(row.municipality.in_(among)).group_by(row.municipality)
    return {slug: (sets, int(rows)) for slug, sets, rows in uow.session.execute(of_them)}
