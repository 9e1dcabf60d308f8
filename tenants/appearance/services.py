"""Change how a municipality looks: an act of the region, seen on the next request everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

from obshto.platform.domain_events import DomainEvent
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.appearance.events import (
    AppearanceChanged,
    HomeArranged,
    NoticePosted,
    NoticeTakenDown,
)
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.notice import Notice
from obshto.tenants.municipalities.row_lock import lock_municipality


class StaleVersion(Conflict):
    """Somebody changed the appearance after the page was opened on which this was decided."""

    sentence = lazy_gettext(
        "След като отворихте страницата, друг промени облика на портала. Вижте как е сега и"
        " решете отново."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Titles and names by language, `languages` with Bulgarian first, a colour as #rrggbb."""

    titles: Mapping[str, str]
    names: Mapping[str, str]
    languages: Sequence[str]
    colour: str
    contact: Mapping[str, str]


def change_appearance(
    region: UnitOfWork, municipality: str, wanted: Appearance, *, expected_version: int
) -> None:
    """`expected_version` is how often the appearance had been changed when this was decided.

    What is so already is done: a second click changes nothing. Raises StaleVersion.
    """
    tenant = lock_municipality(region, municipality)
    changes = {
        "titles": dict(wanted.titles),
        "names": dict(wanted.names),
        "sort_key": wanted.names[SOURCE].casefold(),
        "languages": list(wanted.languages),
        "colour": wanted.colour,
        # What the form does not ask for stays as it is.
        "contact": {**tenant.contact, **wanted.contact},
    }
    change(region, tenant, changes, expected_version, AppearanceChanged(municipality=municipality))


def arrange_home(
    region: UnitOfWork, municipality: str, parts: Sequence[str], *, expected_version: int
) -> None:
    """The blocks of these parts come first on the home page, in this order.

    Raises StaleVersion.
    """
    tenant = lock_municipality(region, municipality)
    changes = {"home_order": list(parts)}
    change(region, tenant, changes, expected_version, HomeArranged(municipality=municipality))


def post_notice(
    region: UnitOfWork, municipality: str, notice: Notice, *, expected_version: int
) -> None:
    """The notice stands at the top of every page, instead of one that stood there.

    Raises StaleVersion.
    """
    tenant = lock_municipality(region, municipality)
    changes = {"notice": notice.row()}
    change(region, tenant, changes, expected_version, NoticePosted(municipality=municipality))


def take_notice_down(region: UnitOfWork, municipality: str, *, expected_version: int) -> None:
    """Nothing stands there any more. Raises StaleVersion."""
    tenant = lock_municipality(region, municipality)
    changes = {"notice": None}
    change(region, tenant, changes, expected_version, NoticeTakenDown(municipality=municipality))


def change(
    region: UnitOfWork,
    tenant: Tenant,
    changes: Mapping[str, Any],
    expected_version: int,
    fact: DomainEvent,
) -> None:
    """Set these columns, unless they stand so already. Raises StaleVersion."""
    if all(getattr(tenant, name) == value for name, value in changes.items()):
        return
    if tenant.edits != expected_version:
        raise StaleVersion
    for name, value in changes.items():
        setattr(tenant, name, value)
    tenant.edits += 1
    tenant.version = Tenant.version + 1
    region.invalidate_region_pages()  # names stand on the region's pages too
    region.emit(fact)
