"""Banners above all pages, and until when each says what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from obshto.platform.clock import now
from obshto.platform.scope import PRACTICE
from obshto.platform.web.validity import limit_validity
from obshto.tenants.municipalities.bulletin import Bulletin
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.municipalities.notice import Notice
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


def bulletins_now() -> tuple[Bulletin, ...]:
    """What the region's team says now; the words of a planned one change when it begins."""
    told = current_bulletins()
    for it in told:
        limit_validity(it.ends_at)
        limit_validity(it.starts_at if it.starts_at > now() else None)
    return told
