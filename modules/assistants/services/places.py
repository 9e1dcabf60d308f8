"""Places of a request: settlements here, and whose a settlement is that is not here."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from obshto.modules.assistants.errors import AnotherMunicipality
from obshto.modules.assistants.services.kinds import PART
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.api import (
    Neighbour,
    neighbour_of,
    settlements_here,
    settlements_of_region,
)


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


def neighbour_here(uow: UnitOfWork, code: str) -> Neighbour | None:
    """Whose it is where it is not here; None for a settlement here."""
    return neighbour_of(uow, code, part=PART, path=f"/assistants/new?settlement={code}")


def refuse_elsewhere(uow: UnitOfWork, code: str) -> None:
    """Raises AnotherMunicipality."""
    if neighbour := neighbour_here(uow, code):
        place = _said(settlements_of_region().get(code, {SOURCE: code}))
        raise AnotherMunicipality(place=place, municipality=neighbour.name)


def _said(names: Mapping[str, str]) -> str:
    return names.get(current_language()) or names[SOURCE]
