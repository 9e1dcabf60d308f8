"""Writes: requests that may change something, and the field by which a form proves itself."""

from __future__ import annotations

from flask import request

FIELD = "csrf_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # RFC 9110, 9.2.1


def is_write() -> bool:
    """Whether the request at hand may change something."""
    return request.method not in SAFE
