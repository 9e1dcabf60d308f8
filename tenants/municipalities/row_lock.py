"""The one way to a municipality's row for who changes it."""

from __future__ import annotations

from sqlalchemy import select

from obshto.platform.errors import NotFound
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.models import Tenant


def lock_municipality(region: UnitOfWork, slug: str) -> Tenant:
    """The row, held until the region's work ends. Raises NotFound."""
    row = select(Tenant).where(Tenant.slug == slug).with_for_update()
    tenant = region.session.scalars(row).one_or_none()
    if tenant is None:
        raise NotFound
    return tenant
