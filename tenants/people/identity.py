"""From a cookie to the person who acts here."""

from __future__ import annotations

from flask import g, request

from obshto.platform.modularity.registry import current_registry
from obshto.platform.web.cookies import SESSION, cookie_name
from obshto.platform.work import ANONYMOUS, Principal, Work
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.people.roles import roles_of
from obshto.tenants.people.sessions import recognise


def identify(work: Work, here: Municipality) -> Principal:
    """Who holds the cookie, with the permissions of their roles in this municipality.

    The session is read before the municipality's own transaction opens. Whatever the cookie is
    worth, its answer is kept by nobody else.
    """
    token = request.cookies.get(cookie_name(SESSION))
    if not token:
        return ANONYMOUS
    g.is_personal = True
    known = recognise(token, here.slug)
    if known is None:
        return ANONYMOUS
    return Principal(
        person_id=known.person_id,
        name=known.name,
        municipality=here.slug,
        permissions=current_registry().words_of(roles_of(work, known.person_id)),
        assurance=known.assurance,
        at=known.opened_at,
    )
