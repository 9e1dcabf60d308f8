"""Which organization of the provider stands for which place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.session import shared_session
from obshto.sso.models import Organization
from obshto.tenants.ports import directory

REGION = "ops"  # the organization of the region's own team
REGION_TEAM = {
    "bg": "ИТ екип на област Видин",
    "en": "IT team of Vidin Province",
    "ro": "Echipa IT a regiunii Vidin",
}


def link_organization(place: str, titles: Mapping[str, str]) -> str:
    """See to it that the provider has an organization for the place; remember its id.

    Raises DirectoryUnavailable.
    """
    organization_id = directory().ensure_organization(place, titles)
    row = {"place": place, "organization_id": organization_id}
    with shared_session() as shared:
        shared.execute(
            insert(Organization)
            .values(row)
            .on_conflict_do_update(index_elements=[Organization.place], set_=row)
        )
        shared.commit()
    return organization_id


def unlink_organization(place: str) -> None:
    """The municipality has left: nobody is its member. Raises DirectoryUnavailable."""
    with shared_session() as shared:
        shared.execute(delete(Organization).where(Organization.place == place))
        shared.commit()
    directory().remove_organization(place)


def places_of(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """The places that the provider says somebody belongs to.

    Only the shape that we asked for counts: alias → {"id": …}. The id decides, since an alias may
    be given to another organization later; whatever looks otherwise is no membership.
    """
    organizations = claims.get("organization")
    if not isinstance(organizations, Mapping):
        return ()
    ids = {entry.get("id") for entry in organizations.values() if isinstance(entry, Mapping)}
    named = Organization.organization_id.in_([one for one in ids if isinstance(one, str)])
    with shared_session() as shared:
        known = select(Organization.place).where(named).order_by(Organization.place)
        return tuple(shared.scalars(known))


def is_member(place: str, claims: Mapping[str, Any]) -> bool:
    """Whether the provider says that somebody belongs to the place."""
    return place in places_of(claims)
