"""Wear a coat of arms, change it, take it off, take the one before back."""

from __future__ import annotations

from hashlib import sha256
from typing import BinaryIO

from sqlalchemy import ColumnElement, delete, insert

from obshto.platform.errors import NotFound
from obshto.platform.storage.emblems import LARGE, draw_emblem
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.appearance.events import EmblemChanged
from obshto.tenants.appearance.services import change
from obshto.tenants.municipalities.models import Emblem, Tenant
from obshto.tenants.municipalities.row_lock import lock_municipality

NONE = "none"  # in the place of a tag: the shield with the letter


def put_emblem(
    region: UnitOfWork, municipality: str, stream: BinaryIO, *, expected_version: int
) -> None:
    """The municipality wears this picture from now on; the one before can be taken back.

    The same picture again changes nothing. Raises FileRefused, StaleVersion.
    """
    drawn = draw_emblem(stream)
    tag = sha256(drawn[LARGE]).hexdigest()[:16]
    tenant = lock_municipality(region, municipality)
    if tenant.emblem == tag:
        return
    _wear(region, tenant, tag, expected_version)
    rows = [
        {"municipality": municipality, "tag": tag, "width": width, "content": content}
        for width, content in drawn.items()
    ]
    _forget(region, tenant, Emblem.tag.not_in([tenant.emblem_before or NONE]))
    region.session.execute(insert(Emblem), rows)


def activate_logo(
    region: UnitOfWork, municipality: str, tag: str, *, expected_version: int
) -> None:
    """Back to the one before, or to NONE. Raises NotFound for any other, StaleVersion."""
    tenant = lock_municipality(region, municipality)
    wanted = None if tag == NONE else tag
    if tenant.emblem == wanted:
        return
    if wanted and wanted != tenant.emblem_before:
        raise NotFound
    _wear(region, tenant, wanted, expected_version)
    kept = [tag for tag in (tenant.emblem, tenant.emblem_before) if tag]
    _forget(region, tenant, Emblem.tag.not_in(kept))


def _wear(region: UnitOfWork, tenant: Tenant, tag: str | None, expected_version: int) -> None:
    changes = {"emblem": tag, "emblem_before": tenant.emblem}
    change(region, tenant, changes, expected_version, EmblemChanged(municipality=tenant.slug))


def _forget(region: UnitOfWork, tenant: Tenant, which: ColumnElement[bool]) -> None:
    """A picture that can be taken back no more is gone."""
    own = delete(Emblem).where(Emblem.municipality == tenant.slug)
    region.session.execute(own.where(which))
