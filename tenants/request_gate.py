"""The one doorway. It fails closed: what is not known here does not exist."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Response, abort, current_app, g, redirect, request
from werkzeug.exceptions import HTTPException, NotFound

from obshto.platform.clock import now
from obshto.platform.errors import SignInNeeded
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import Entry, current_registry, is_on
from obshto.platform.permissions import Permission
from obshto.platform.scope import PRACTICE
from obshto.platform.site_import.old_addresses import new_path
from obshto.platform.unit_of_work import ANONYMOUS, Principal
from obshto.platform.web.access import Access, Open, check_of, goes_on_when_read_only
from obshto.platform.web.csrf import give_back, is_of_ended_session
from obshto.platform.web.error_pages import page_of
from obshto.platform.web.hosts import LABEL, LOST, ROW, Host, HostRow
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.read_only import keep_typed
from obshto.platform.web.request_uow import act_as, begin_uow, current_principal, current_uow
from obshto.platform.web.writes import is_write
from obshto.tenants.delegation_gate import current_acting, enter_acting, refuse_act
from obshto.tenants.municipalities.bulletin import Bulletin, bulletins_of, shut_by
from obshto.tenants.municipalities.lookup import Municipality, municipality_of
from obshto.tenants.people.identity import identify

SIGN_IN = "/sign-in"


def authorize_request() -> Response | None:
    """Part known, then switched on, then access; only then does the view have its work."""
    here = current_municipality()
    if request.endpoint is None:  # no view: else Flask answers 404, 405 or a redirect
        return _without_slash() or _moved(here)
    if here and current_language() not in here.languages:
        return redirect(request.path, 302)  # type: ignore[return-value]  # werkzeug's Response
    entry = current_registry().entries.get(request.endpoint) or abort(404)
    g.modules = here.modules if here else frozenset()
    if here and not is_on(entry.part, g.modules):
        abort(404)  # the region's pages of a part show who has it on
    begin_uow(here.scope(current_language()) if here else None, ANONYMOUS)
    if entry.access.who is Open.TO_MACHINES:
        check = check_of(current_app.view_functions[request.endpoint])
        return _only_reading(entry) or (None if check() else abort(400))
    place = current_place()
    principal = identify(current_uow(), place) if place else ANONYMOUS
    act_as(principal)
    return _only_reading(entry) or enter_acting(entry) or _admit(entry, current_principal())


def current_municipality() -> Municipality | None:
    """Whose house this is; None on the hosts of the region."""
    if "here" not in g:
        found: HostRow | None = request.environ.get(ROW)
        g.here = municipality_of(found) if found and "slug" in found.row else None
    here: Municipality | None = g.here
    return here


def current_bulletins() -> tuple[Bulletin, ...]:
    """What the region's team says at the top of the pages of this host, the past left out."""
    found: HostRow | None = request.environ.get(ROW)
    told = bulletins_of(found.row["bulletins"]) if found else ()
    return tuple(it for it in told if it.is_shown(now()))


def _only_reading(entry: Entry) -> Response | None:
    """While nothing may be changed a write is given back; what only reads goes on, unsaved."""
    shut = shut_by(current_bulletins(), now())
    view = current_app.view_functions[request.endpoint or ""]
    if shut is None or goes_on_when_read_only(view):
        return None
    g.is_read_only = True
    if not is_write():
        return None
    return page_of(503) if entry.access.who is Open.TO_MACHINES else keep_typed(shut.ends_at)


def current_place() -> str | None:
    """Where somebody can be signed in: the slug of a municipality, or `ops`."""
    here = current_municipality()
    if here:
        return here.slug
    return Host.OPS.value if request.environ.get(LABEL) == Host.OPS else None


def sign_in_address(access: Access | None = None) -> str:
    """Where one signs in as surely as `access` asks, with the way back to the page at hand.

    A view whose query must not be kept beside who signs in says its bare path as `g.way_back`.
    """
    language = current_language()
    prefix = "" if language == SOURCE else f"/{language}"
    rule = request.url_rule
    # Of a page with errors it is the page itself; of an address that only takes, none that opens.
    is_page = request.method == "GET" or (rule and "GET" in (rule.methods or ()))
    here = g.get("way_back") or request.full_path.removesuffix("?")
    back = here if is_page else _start_of_section()
    query: dict[str, str | int] = {"next": prefix + back}
    if access and access.assurance > 1:
        query["level"] = access.assurance
    if access and access.max_age:
        query["within"] = int(access.max_age.total_seconds())
    return f"{prefix}{SIGN_IN}?{urlencode(query, safe='/')}"


def _without_slash() -> Response | None:
    """`/x/` is where `/x` is, as Flask itself leads from `/y` to `/y/`."""
    is_unknown = isinstance(request.routing_exception, NotFound)
    if not is_unknown or request.method not in {"GET", "HEAD"} or not request.path.endswith("/"):
        return None
    bare, adapter = "/" + request.path.strip("/"), current_app.create_url_adapter(request)
    if adapter is None:
        return None
    try:
        adapter.match(bare, "GET")
    except HTTPException:  # unknown as well, or Flask leads back to where this came from
        return None
    query = request.query_string.decode("utf-8", "replace")
    address = quote(request.script_root + bare) + (f"?{query}" if query else "")
    return redirect(address, 308)  # type: ignore[return-value]  # werkzeug's Response


def _moved(here: Municipality | None) -> Response | None:
    """An address of the site that was before this one leads to where its text stands now."""
    is_unknown = isinstance(request.routing_exception, NotFound)
    if here is None or not is_unknown or request.method != "GET" or LOST in request.environ:
        return None
    begin_uow(here.scope(current_language()), ANONYMOUS)
    path = new_path(current_uow(), request.path)
    if path is None:
        return None
    return redirect(request.script_root + path, 301)  # type: ignore[return-value]  # werkzeug's


def _admit(entry: Entry, principal: Principal) -> Response | None:
    access = entry.access
    if access.who is Open.TO_ALL:
        is_in = principal.is_known or current_acting()
        is_open = is_in or not (_is_shut_for_practice(entry) or _is_of_whoever_left())
        return None if is_open else _lead_to_sign_in(access)
    words = (access.who, *access.others) if isinstance(access.who, Permission) else ()
    if principal.is_known and words and not any(map(principal.may, words)):
        abort(403)
    if _has_proved(principal, access):
        return None
    return _lead_to_sign_in(access)


def ask_to_sign_in(error: SignInNeeded) -> Response:
    """Error handler: a service found that only who is signed in may have what was asked for."""
    if current_acting():  # whoever acts for somebody is signed in: that does not help
        return refuse_act("outside")
    return _lead_to_sign_in(Access(Open.TO_THE_SIGNED_IN, 1))


def _lead_to_sign_in(access: Access) -> Response:
    """With the way back to this very page; of a write, with all that was typed."""
    address = sign_in_address(access)
    if request.method != "GET":
        return give_back(sign_in_url=address, proof=_proof_asked(current_principal(), access))
    return redirect(address, 302)  # type: ignore[return-value]  # werkzeug's Response


def _start_of_section() -> str:
    return "/console/" if request.path.startswith("/console/") else "/"


def _proof_asked(principal: Principal, access: Access) -> str:
    """What somebody who is signed in must show beside that; nothing of who is not."""
    if not principal.is_known:
        return ""
    return "second-factor" if principal.assurance < access.assurance else "anew"


def _is_shut_for_practice(entry: Entry) -> bool:
    """Practice needs a sign-in: else strangers would write what others read as its own."""
    here = current_municipality()
    return bool(here and here.slug == PRACTICE and isinstance(entry.part, ModuleManifest))


def _is_of_whoever_left() -> bool:
    """A form that would count as a stranger's, though its page was drawn for somebody signed in.

    What touches no row of the municipality, such as signing out, is done all the same.
    """
    view = current_app.view_functions[request.endpoint or ""]
    return is_write() and not goes_on_when_read_only(view) and is_of_ended_session()


def _has_proved(principal: Principal, access: Access) -> bool:
    """Whether they have shown who they are as surely, and as lately, as the view asks."""
    if not principal.is_known or principal.assurance < access.assurance:
        return False
    if access.max_age is None or principal.at is None:
        return access.max_age is None
    return current_uow().now - principal.at <= access.max_age
