"""The unit of work of a request, committed once after the view has answered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, TypeVar

from flask import Flask, Response, g, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from obshto.platform.clock import now
from obshto.platform.db.session import db
from obshto.platform.scope import Scope, in_municipality
from obshto.platform.unit_of_work import ANONYMOUS, Principal, UnitOfWork
from obshto.platform.web.error_pages import page_of, refused_page
from obshto.platform.web.hosts import ONLY_LOOKS
from obshto.platform.web.validity import is_in_fragment, refuse_in_fragment

Found = TypeVar("Found")


class HiddenPrincipal(Principal):
    """Stands for whoever acts while a fragment is rendered."""

    def __getattribute__(self, name: str) -> Any:
        refuse_in_fragment(f"principal.{name}")
        return super().__getattribute__(name)


NOBODY_HERE = HiddenPrincipal()


def begin_uow(scope: Scope | None, principal: Principal) -> None:
    """The first touch of the session; a second scope in the same request is refused."""
    g.uow = UnitOfWork(
        session=db.session(scope=scope), within=scope, principal=principal, now=now()
    )
    if scope:
        g.sealed_for = ExitStack()  # personal fields belong to this municipality until the end
        g.sealed_for.enter_context(in_municipality(scope.slug))


def act_as(principal: Principal) -> None:
    """Who acts was found out with the work already at hand: roles are rows of the municipality."""
    g.uow = replace(current_uow(), principal=principal)


def current_uow() -> UnitOfWork:
    """The work of this request; there is none on a page that the door did not open.

    In a fragment nobody acts: who asks for the principal there raises FragmentLeak.
    """
    uow: UnitOfWork = g.uow
    return replace(uow, principal=NOBODY_HERE) if is_in_fragment() else uow


def current_principal() -> Principal:
    """Who acts; nobody on a page that the door did not open."""
    refuse_in_fragment("principal")
    uow: UnitOfWork | None = g.get("uow")
    return uow.principal if uow else ANONYMOUS


def read_once(name: str, read: Callable[[], Found]) -> Found:
    """What `read` finds, once in a request: two blocks of a page may ask the same."""
    known: dict[str, Any] = g.setdefault("read_once", {})
    if name not in known:
        known[name] = read()
    found: Found = known[name]
    return found


def end_uow(response: Response) -> Response:
    """Commit what succeeded, drop what did not; a lost database is said, not hidden.

    An error inside COMMIT leaves it open whether the write landed: the person is told to look
    before sending again, the request's id makes the repeat harmless.
    """
    if "uow" not in g:
        return response
    if response.status_code >= 400:
        _drop(current_uow().session)
        return response
    if request.environ.get(ONLY_LOOKS):
        _drop(current_uow().session)
        return response
    if g.get("is_read_only"):  # what a page counts on the way is let go; an act is refused
        uow = current_uow()
        _drop(uow.session)
        return page_of(503) if uow.facts or uow.jobs else response
    try:
        current_uow().commit()
    except StaleDataError:  # the row that was read without a lock has moved on
        _drop(current_uow().session)
        return page_of(409)
    except DBAPIError as error:
        _drop(current_uow().session)
        if page := refused_page(error):
            return page
        raise
    return response


def _drop(session: Session) -> None:
    """Undo what was begun. Over a connection that is dead there is nothing to undo."""
    try:
        session.rollback()
    except DBAPIError:
        session.invalidate()


def close_uow(error: BaseException | None = None) -> None:
    """The thread goes on to serve somebody else."""
    if "sealed_for" in g:
        g.pop("sealed_for").close()


def install(app: Flask) -> None:
    app.after_request(end_uow)
    app.teardown_appcontext(close_uow)
