"""Whether an address of our own house leads to a page."""

from __future__ import annotations

from contextvars import Context
from http import HTTPStatus

from flask import Flask, current_app
from werkzeug.test import Client

from obshto.platform.scope import Scope


def leads_somewhere(scope: Scope, path: str) -> bool:
    """Ask the house as a visitor would: everything between the host and the page has its say.

    For jobs alone: it asks outside of the work at hand, which has not been committed yet.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # past the job

    def ask() -> int:
        return Client(app).head(path, base_url=scope.address).status_code

    # Without this context the request would share the session of the job.
    return Context().run(ask) < HTTPStatus.BAD_REQUEST
