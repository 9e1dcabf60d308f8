"""Places of a request: settlements here, and whose a settlement is that is not here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from obshto.modules.assistants.errors import AnotherMunicipality
from obshto.modules.assistants.services.kinds import PART
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.api import (
    find_municipality,
    home_of_settlement,
    settlements_here,
    settlements_of_region,
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The municipality of a settlement, and where one asks it for an assistant."""

    name: str
    address: str
    takes: bool  # it has assistants


def places_here(uow: UnitOfWork) -> Mapping[str, str]:
    """Towns and villages here by code, the seat first."""
    return {code: _said(names) for code, names in settlements_here(uow).items()}


def places_to_choose(uow: UnitOfWork) -> Mapping[str, str]:
    """The same, then those of the neighbours: whoever calls does not know the border."""
    here = places_here(uow)
    others = {
        code: gettext("%(place)s (друга община)", place=_said(names))
        for code, names in settlements_of_region().items()
        if code not in here
    }
    return {**here, **others}


def neighbour_of(uow: UnitOfWork, code: str) -> Neighbour | None:
    """Whose it is where it is not here; None for a settlement here."""
    if code in settlements_here(uow) or (found := home_of_settlement(code)) is None:
        return None
    _, tenant = found
    home, language = find_municipality(tenant.slug), current_language()
    if home is None:
        return None
    prefix = "" if language == SOURCE else f"/{language}"
    takes = PART in home.modules
    path = f"/assistants/new?settlement={code}" if takes else "/contact"
    name = tenant.titles.get(language) or tenant.titles[SOURCE]
    return Neighbour(name, f"{home.scope().address}{prefix}{path}", takes)


def refuse_elsewhere(uow: UnitOfWork, code: str) -> None:
    """Raises AnotherMunicipality."""
    if neighbour := neighbour_of(uow, code):
        place = _said(settlements_of_region().get(code, {SOURCE: code}))
        raise AnotherMunicipality(place=place, municipality=neighbour.name)


def _said(names: Mapping[str, str]) -> str:
    return names.get(current_language()) or names[SOURCE]
