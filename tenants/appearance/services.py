"""Change how a municipality looks: an act of the region, seen on the next request everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

from obshto.platform.errors import Conflict
from obshto.platform.facts import Fact
from obshto.platform.web.language import SOURCE
from obshto.platform.work import Work
from obshto.tenants.appearance.events import (
    AppearanceChanged,
    HomeArranged,
    NoticePosted,
    NoticeTakenDown,
)
from obshto.tenants.municipalities.changing import lock_municipality
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.notice import Notice


class ChangedMeanwhile(Conflict):
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


def change_appearance(region: Work, municipality: str, wanted: Appearance, *, seen: int) -> None:
    """`seen` is how often the appearance had been changed when this was decided.

    What is so already is done: a second click changes nothing. Raises ChangedMeanwhile.
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
    change(region, tenant, changes, seen, AppearanceChanged(municipality=municipality))


def arrange_home(region: Work, municipality: str, parts: Sequence[str], *, seen: int) -> None:
    """The blocks of these parts come first on the home page, in this order.

    Raises ChangedMeanwhile.
    """
    tenant = lock_municipality(region, municipality)
    changes = {"home_order": list(parts)}
    change(region, tenant, changes, seen, HomeArranged(municipality=municipality))


def post_notice(region: Work, municipality: str, notice: Notice, *, seen: int) -> None:
    """The notice stands at the top of every page, instead of one that stood there.

    Raises ChangedMeanwhile.
    """
    tenant = lock_municipality(region, municipality)
    changes = {"notice": notice.row()}
    change(region, tenant, changes, seen, NoticePosted(municipality=municipality))


def take_notice_down(region: Work, municipality: str, *, seen: int) -> None:
    """Nothing stands there any more. Raises ChangedMeanwhile."""
    tenant = lock_municipality(region, municipality)
    changes = {"notice": None}
    change(region, tenant, changes, seen, NoticeTakenDown(municipality=municipality))


def change(region: Work, tenant: Tenant, changes: Mapping[str, Any], seen: int, fact: Fact) -> None:
    """Set these columns, unless they stand so already. Raises ChangedMeanwhile."""
    if all(getattr(tenant, name) == value for name, value in changes.items()):
        return
    if tenant.edits != seen:
        raise ChangedMeanwhile
    for name, value in changes.items():
        setattr(tenant, name, value)
    tenant.edits += 1
    tenant.version = Tenant.version + 1
    region.touch_region()  # names stand on the region's pages too
    region.record(fact)
