"""One organization for each municipality, one for the regional team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from keycloak import KeycloakAdmin

from obshto.sso.keycloak.drift import Gap, JsonObject, compared, missing
from obshto.sso.keycloak.plan import REALM
from obshto.sso.organizations import REGION, REGION_TEAM

Titles = Mapping[str, str]


def organization_gaps(admin: KeycloakAdmin, municipalities: Mapping[str, Titles]) -> Iterator[Gap]:
    """`municipalities`: titles by language, by slug."""
    for slug, titles in {REGION: REGION_TEAM, **municipalities}.items():
        yield from one_organization_gaps(admin, slug, titles)


def one_organization_gaps(admin: KeycloakAdmin, slug: str, titles: Titles) -> Iterator[Gap]:
    """The organization of one municipality, found by its alias, which cannot be changed."""
    wanted = organization(slug, titles)
    found = find_organization(admin, slug)
    if found is None:
        yield missing(f"organization {slug}", lambda: admin.create_organization(wanted))
        return
    yield from compared(
        f"organization {slug}",
        found,
        wanted,
        lambda whole: admin.update_organization(found["id"], whole),
    )


def organization(slug: str, titles: Titles) -> JsonObject:
    """The titles are attributes as well: the sign-in page reads them."""
    return {
        "alias": slug,
        "name": titles["bg"],
        "enabled": True,
        "attributes": {
            "municipality": [slug],
            **{f"title_{language}": [title] for language, title in titles.items()},
        },
    }


def find_organization(admin: KeycloakAdmin, slug: str) -> JsonObject | None:
    """With its attributes, which a search leaves out."""
    # `search` matches parts of names and domains; the alias is asked as an attribute of ours.
    for found in admin.get_organizations({"q": f"municipality:{slug}"}):
        if found["alias"] == slug:
            return dict(admin.get_organization(found["id"]))
    return None


def organization_path(organization: str) -> str:
    """Where Keycloak's API keeps it; `organization` is its id."""
    return f"admin/realms/{REALM}/organizations/{organization}"
