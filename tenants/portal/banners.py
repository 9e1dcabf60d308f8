"""Banners above all pages, and until when each says what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import request, url_for

from obshto.platform.clock import now
from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.public_alarms import PublicAlarm, PublicAlarms
from obshto.platform.modularity.registry import current_registry
from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.platform.web.validity import limit_validity
from obshto.tenants.municipalities.bulletin import Bulletin
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.municipalities.notice import Notice
from obshto.tenants.portal.territory import municipalities
from obshto.tenants.practice.services import TOLD_BEFORE, next_reset
from obshto.tenants.request_gate import current_bulletins


@dataclass(frozen=True, slots=True)
class Reset:
    """When the practice municipality is set back, and whether that is soon."""

    at: datetime
    is_soon: bool


def reset_of(here: Municipality | None) -> Reset | None:
    """Reset that is told above all pages of the practice municipality; None elsewhere."""
    if here is None or here.slug != PRACTICE:
        return None
    at = next_reset(now())
    told_at = at - TOLD_BEFORE
    limit_validity(at if told_at <= now() else told_at)
    return Reset(at, told_at <= now())


def warning_of(here: Municipality | None) -> Notice | None:
    """What the municipality says at the top of its pages until its end."""
    if here is None or here.notice is None or here.notice.until <= now():
        return None
    limit_validity(here.notice.until)
    return here.notice


@dataclass(frozen=True, slots=True)
class Alarm:
    """A danger with the address of its page; on the region's pages with its municipality."""

    told: PublicAlarm
    href: str
    names: Mapping[str, str]  # of the municipality by language; none on its own pages

    def home(self, language: str) -> str:
        """Whose danger it is; empty on the municipality's own pages."""
        return self.names.get(language) or self.names.get(SOURCE, "")


def alarms_here(uow: UnitOfWork) -> list[Alarm]:
    """Dangers that stand in the municipality at hand; on the region's host those of all."""
    if uow.within:
        port = port_here(PublicAlarms)
        found = port.here(uow) if port else ()
        return [Alarm(it, f"{request.script_root}{it.path}", {}) for it in found]
    return [alarm for part in current_registry().parts.values() for alarm in _alarms_of(uow, part)]


def _alarms_of(uow: UnitOfWork, part: Component) -> Iterator[Alarm]:
    """Those of the whole province, of municipalities that have the part on."""
    port = cast("PublicAlarms | None", part.offers.get(PublicAlarms))
    found = port.in_region(uow) if port else ()
    homes = {one.slug: one for one in municipalities()} if found else {}
    for it in found:
        home = homes.get(it.municipality)
        if home and part.slug in home.modules:
            base = url_for("tenants_portal.home", municipality=home.slug).rstrip("/")
            yield Alarm(it, f"{base}{it.path}", home.names)


def bulletins_now() -> tuple[Bulletin, ...]:
    """What the region's team says now; the words of a planned one change when it begins."""
    told = current_bulletins()
    for it in told:
        limit_validity(it.ends_at)
        limit_validity(it.starts_at if it.starts_at > now() else None)
    return told
