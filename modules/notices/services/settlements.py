"""The towns and villages of a municipality by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import named_settlements

Names = Mapping[str, Mapping[str, str]]  # by EKATTE code, then by language; the seat first


def settlements_here(uow: UnitOfWork) -> Names:
    """„село Старопатица“ in Bulgarian, the bare name in other languages. One read."""
    return named_settlements(uow.scope.slug)


def names_of(codes: Collection[str], names: Names, language: str) -> str:
    """The places in their own order, with commas; empty for the whole municipality.

    A village that is another municipality's by now is left out.
    """
    told = [name for code, name in names.items() if code in codes]
    return ", ".join(name.get(language) or name[SOURCE] for name in told)
