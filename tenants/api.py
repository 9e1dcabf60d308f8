"""All that other rooms may know of the municipalities."""

from obshto.platform.scope import Scope
from obshto.tenants.door import current_municipality
from obshto.tenants.municipalities.lookup import Municipality, find_municipality
from obshto.tenants.people.directory import Profile, find_person, register_person
from obshto.tenants.people.roles import appoint, holders_of_roles
from obshto.tenants.people.sessions import (
    CITIZEN,
    SHARED_COMPUTER,
    STAFF,
    end_session,
    end_sessions,
    open_session,
)

__all__ = [
    "CITIZEN",
    "SHARED_COMPUTER",
    "STAFF",
    "Municipality",
    "Profile",
    "appoint",
    "current_municipality",
    "end_session",
    "end_sessions",
    "find_municipality",
    "find_person",
    "holders_of_roles",
    "open_session",
    "register_person",
    "scope_named",
]


def scope_named(slug: str) -> Scope | None:
    """The scope of a municipality, for work that has no host: jobs, the command line, seeds."""
    found = find_municipality(slug)
    return found.scope() if found else None
