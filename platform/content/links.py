"""Whether an address of our own house leads to a page."""

from __future__ import annotations

from flask import current_app
from werkzeug.test import Client

from obshto.platform.scope import Scope


def leads_somewhere(scope: Scope, path: str) -> bool:
    """Ask the house as a visitor would: everything between the host and the page has its say.

    For jobs alone: a request inside a request would wait for itself.
    """
    answer = Client(current_app).head(path, base_url=scope.address)
    return answer.status_code < 400
