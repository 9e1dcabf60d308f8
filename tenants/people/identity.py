"""From a cookie to the person who acts here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import g, request

from obshto.platform.modularity.registry import current_registry
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import ANONYMOUS, Principal, UnitOfWork
from obshto.platform.web.cookies import SESSION, cookie_name
from obshto.tenants.people.roles import OFFICE_AT_THE_DOOR, STAFF_ROLES, rights_of
from obshto.tenants.people.sessions import Recognised, recognise

REGIONAL = ", ИТ екип на областта"  # stands in the log beside the name, in the language of names


_watcher: ContextVar[Principal | None] = ContextVar("watcher", default=None)


@contextmanager
def acting(watcher: Principal) -> Iterator[None]:
    """Requests that this very process makes of itself inside the block come from that person.

    For the look for leaks. Nothing that arrives over the network can set it.
    """
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def identify(uow: UnitOfWork, place: str) -> Principal:
    """Who holds the cookie, with what they may do in this place: a municipality, or `ops`.

    The session is read before the municipality's own transaction opens. Whatever the cookie is
    worth, its answer is kept by nobody else.
    """
    if (watcher := _watcher.get()) and watcher.municipality == place:
        g.is_personal = True
        return watcher
    token = request.cookies.get(cookie_name(SESSION))
    if not token:
        return ANONYMOUS
    g.is_personal = True
    known = recognise(token, place)
    if known is None:
        return ANONYMOUS
    g.step_in, g.acting_under = known.step_in, known.acting_under
    return Principal(
        person_id=known.person_id,
        name=f"{known.name}{REGIONAL}" if known.step_in else known.name,
        municipality=uow.scope.slug if uow.within else None,
        permissions=_permissions(uow, known),
        assurance=known.assurance,
        at=known.assured_at,
    )


def _permissions(uow: UnitOfWork, known: Recognised) -> frozenset[Permission]:
    """Roles are rows of ours, and count for nothing once the person belongs here no longer.

    The region's specialist has a member's rights, all of them, for as long as the step-in lasts.
    """
    if known.step_in:
        return current_registry().words_of(STAFF_ROLES)
    if not known.is_member:
        return frozenset()
    registry = current_registry()
    if not uow.within:
        return registry.words_of(known.regional_roles)
    rights = rights_of(uow, known.person_id)
    setattr(g, OFFICE_AT_THE_DOOR, (known.person_id, rights.office))
    return registry.words_of(rights.roles) | registry.words_named(rights.words)
