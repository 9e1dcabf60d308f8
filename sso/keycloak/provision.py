"""Make the realm what it should be, or say in what it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakError

from obshto.sso.keycloak.actions import action_gaps
from obshto.sso.keycloak.broker import broker_gaps
from obshto.sso.keycloak.client import client_gaps
from obshto.sso.keycloak.drift import Gap
from obshto.sso.keycloak.flow import flow_gaps
from obshto.sso.keycloak.organizations import Titles, organization_gaps
from obshto.sso.keycloak.plan import REALM, RealmPlan
from obshto.sso.keycloak.realm import find_realm, realm_gaps
from obshto.sso.keycloak.scopes import scope_gaps

SECONDS = 60  # for each answer: a server that has just started makes a realm in a dozen


class KeycloakUnreached(Exception):
    """Keycloak did not answer, or refused; its own words follow."""


@dataclass(frozen=True, slots=True)
class Realm:
    """Where the realm is, how it should be, and for which municipalities (titles by slug)."""

    admin: KeycloakAdmin
    plan: RealmPlan
    municipalities: Mapping[str, Titles]


def connect(server: str, *, username: str, password: str) -> KeycloakAdmin:
    """The administrator of the whole server, looking at our realm.

    Nothing is asked yet.
    """
    return KeycloakAdmin(
        server_url=server,
        username=username,
        password=password,
        realm_name=REALM,
        user_realm_name="master",
        timeout=SECONDS,
        max_retries=0,  # what was asked twice would be there twice
    )


def provision(realm: Realm) -> list[Gap]:
    """Close each gap as it is met; what was closed. A second time closes nothing.

    Raises KeycloakUnreached; what was closed until then stays closed, so it may be repeated.
    """
    closed = []
    try:
        for gap in _gaps(realm):
            gap.mend()
            closed.append(gap)
    except KeycloakError as error:
        raise KeycloakUnreached(str(error)) from error
    return closed


def drift(realm: Realm) -> list[Gap]:
    """What differs; nothing is changed. Where the realm is missing, that is all that is said.

    Raises KeycloakUnreached.
    """
    try:
        return list(_gaps(realm))
    except KeycloakError as error:
        raise KeycloakUnreached(str(error)) from error


def _gaps(realm: Realm) -> Iterator[Gap]:
    """Lazily, in the order in which they can be closed: each looks at what the last one left."""
    yield from realm_gaps(realm.admin, realm.plan)
    if find_realm(realm.admin) is None:
        return
    yield from scope_gaps(realm.admin)
    yield from client_gaps(realm.admin, realm.plan)
    yield from flow_gaps(realm.admin)
    yield from action_gaps(realm.admin, realm.plan)
    yield from broker_gaps(realm.admin, realm.plan)
    yield from organization_gaps(realm.admin, realm.municipalities)
