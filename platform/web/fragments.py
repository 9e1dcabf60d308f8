"""Fragment cache: rendered parts of pages, shared by everybody who may see them.

In a template: `{% call fragment('menu', section) %}…{% endcall %}`; in Python `render_once`. The
body runs only where nothing is kept. It is never older than the last acknowledged write: the stamp
of the host's row is read before the first statement of the transaction, so what is rendered under
it is as new as the stamp or newer, and a write is acknowledged only after the stamp moved.

When not to use it: for what one person sees, for what is decrypted, for lists of work. A token, a
sentence after a redirect and the principal raise inside.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import get_locale
from markupsafe import Markup

from obshto.platform.db.session import has_written
from obshto.platform.web.fragment_store import Fragment, FragmentStore, open_node_store
from obshto.platform.web.hosts import LABEL, LOST, ONLY_LOOKS, ROW, HostRow
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until, limit_validity, part_of_page

FRAGMENTS = "obshto.fragments"


def render_once(name: str, render: Callable[[], str], *vary: Hashable) -> Markup:
    """The HTML of `render`, kept for this host, version, language and `vary`.

    `vary` is all else that it depends on: the section of a menu, a digest of rights. `render` says
    by `keep_until` how long it holds; where it says nothing the HTML is not kept.
    """
    key = _key(name, vary)
    if key is None:
        return Markup(render())
    store: FragmentStore = current_app.extensions[FRAGMENTS]
    found, moment = store.get(key), current_uow().now
    if found and (found.until is None or found.until > moment.timestamp()):
        limit_validity(_moment(found.until))
        return Markup(found.body)
    with part_of_page(name) as validity:
        body = str(render())
    if validity.is_declared and _may_put():
        until = validity.until.timestamp() if validity.until else None
        store.put(key, Fragment(body, until))
    return Markup(body)


def fragment(name: str, *vary: Hashable, caller: Callable[[], str]) -> Markup:
    """For `{% call %}`: holds until something changes, unless its body says less."""

    def render() -> str:
        keep_until(None)
        return caller()

    return render_once(name, render, *vary)


@dataclass(frozen=True, slots=True)
class PublicFrame:
    """What a template knows of its page when it is rendered apart from it."""

    language: str


def render_apart(template: str, **context: Any) -> Markup:
    """A template without the page around it: no context processor runs, nobody is known in it."""
    frame = PublicFrame(current_language())
    return Markup(current_app.jinja_env.get_template(template).render(frame=frame, **context))


def install(app: Flask) -> None:
    app.extensions[FRAGMENTS] = FragmentStore()
    app.jinja_env.globals["fragment"] = fragment


def share_fragments(app: Flask) -> None:
    """From now on the processes that are forked off this one share what they render."""
    store: FragmentStore = app.extensions[FRAGMENTS]
    store.node = open_node_store()


def content_stamp() -> tuple[str, str] | None:
    """Slug and stamp of the municipality at hand: what a process makes of its content under them
    is as new as its last acknowledged write.

    None where nothing is to be kept: outside of a request, or once something is written.
    """
    stamp = _stamp() if has_request_context() else None
    is_new = stamp and ONLY_LOOKS not in request.environ
    return stamp if is_new and not has_written(current_uow().session) else None


def _stamp() -> tuple[str, str] | None:
    """None where no row was read for exactly the host and the work at hand."""
    row: HostRow | None = request.environ.get(ROW)
    if row is None or LOST in request.environ or "uow" not in g:
        return None
    scope = current_uow().within
    slug = row.row.get("slug", "")
    is_here = slug == request.environ.get(LABEL) and slug == (scope.slug if scope else "")
    return (slug, row.stamp) if is_here else None


def _key(name: str, vary: tuple[Hashable, ...]) -> str | None:
    """None where nothing is kept."""
    stamp = _stamp()
    # A tuple's `repr` quotes: no value can pass for two.
    told = current_language(), str(get_locale()), *vary
    return repr((*stamp, name, *told)) if stamp else None


def _may_put() -> bool:
    """Not what a unit of work sees of itself before it commits, nor what a program looked at."""
    reads = request.method == "GET" and ONLY_LOOKS not in request.environ
    return reads and not has_written(current_uow().session)


def _moment(until: float | None) -> datetime | None:
    return datetime.fromtimestamp(until, UTC) if until is not None else None
