"""By what somebody signs in, as the identity provider keeps it."""

from __future__ import annotations

from collections.abc import Collection

from obshto.tenants.people.models import Person
from obshto.tenants.ports import DirectoryUnavailable, Way, directory


def ways_of(person: Person) -> Collection[Way] | None:
    """Password, passkeys, phones with codes; None where the provider does not answer."""
    try:
        return directory().ways(person.subject)
    except DirectoryUnavailable:
        return None
