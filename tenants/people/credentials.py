"""By what somebody signs in, as the identity provider keeps it."""

from __future__ import annotations

from collections.abc import Collection

from obshto.tenants.people.models import Person
from obshto.tenants.ports import Credential, DirectoryUnavailable, directory


def credentials_of(person: Person) -> Collection[Credential] | None:
    """Password, passkeys, phones with codes; None where the provider does not answer."""
    try:
        return directory().ways(person.subject)
    except DirectoryUnavailable:
        return None
