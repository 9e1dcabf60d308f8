"""The one doorway. It fails closed: what is not known here does not exist."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, abort, g, redirect, request

from obshto.platform.modularity.registry import Entry, current_registry, is_on
from obshto.platform.permissions import Permission
from obshto.platform.web.access import Open
from obshto.platform.web.edge import act_as, begin_work, current_work
from obshto.platform.web.hosts import ROW, HostRow
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.work import ANONYMOUS, Principal
from obshto.tenants.municipalities.lookup import Municipality, municipality_of
from obshto.tenants.people.identity import identify

SIGN_IN = "/sign-in"


def stand_at_the_door() -> Response | None:
    """Part known, then switched on, then access; only then does the view have its work."""
    if request.endpoint is None:
        return None  # no view: Flask answers 404, 405 or a redirect
    here = current_municipality()
    if here and current_language() not in here.languages:
        return redirect(request.path, 302)  # type: ignore[return-value]  # werkzeug's Response
    entry = current_registry().entries.get(request.endpoint) or abort(404)
    g.modules = here.modules if here else frozenset()
    if not is_on(entry.part, g.modules):
        abort(404)
    begin_work(here.scope(current_language()) if here else None, ANONYMOUS)
    principal = identify(current_work(), here) if here else ANONYMOUS
    act_as(principal)
    return _admit(entry, principal)


def current_municipality() -> Municipality | None:
    """Whose house this is; None on the hosts of the region."""
    if "here" not in g:
        found: HostRow | None = request.environ.get(ROW)
        g.here = municipality_of(found) if found and "slug" in found.row else None
    here: Municipality | None = g.here
    return here


def sign_in_address() -> str:
    """Where one signs in, with the way back to the page at hand."""
    language = current_language()
    prefix = "" if language == SOURCE else f"/{language}"
    back = request.full_path.removesuffix("?") if request.method == "GET" else "/console/"
    return f"{prefix}{SIGN_IN}?next={quote(prefix + back)}"


def _admit(entry: Entry, principal: Principal) -> Response | None:
    if entry.access is Open.TO_ALL:
        return None
    if not principal.is_known:
        if request.method != "GET":
            abort(403)
        return redirect(sign_in_address(), 302)  # type: ignore[return-value]  # werkzeug's Response
    if isinstance(entry.access, Permission) and not principal.may(entry.access):
        abort(403)
    return None
