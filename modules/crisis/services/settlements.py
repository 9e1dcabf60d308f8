"""The towns and villages of a municipality by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import Names
from obshto.tenants.api import settlements_here as names_here


def settlements_here(uow: UnitOfWork) -> Names:
    """By EKATTE code and language, the seat first. One read."""
    return names_here(uow)


def places_of(codes: Collection[str], names: Mapping[str, Mapping[str, str]]) -> str:
    """In Bulgarian with commas; empty for the whole municipality."""
    return ", ".join(name[SOURCE] for code, name in names.items() if code in codes)
