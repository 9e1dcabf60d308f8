"""Invented people in a Keycloak of development."""

from __future__ import annotations

from obshto.sso.keycloak.provision import Realm


def ensure_person(realm: Realm, *, email: str, name: str, password: str) -> str:
    """The subject of an account that can sign in at once; made where there is none."""
    admin = realm.admin
    found = admin.get_users({"email": email, "exact": True})
    if found:
        return str(found[0]["id"])
    first, _, last = name.partition(" ")
    made = admin.create_user(
        {
            "username": email,
            "email": email,
            "emailVerified": True,
            "enabled": True,
            "firstName": first,
            "lastName": last,
            "credentials": [{"type": "password", "value": password, "temporary": False}],
        }
    )
    return str(made)
