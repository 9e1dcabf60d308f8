"""Separate origin: a host beside the municipality's that shares no cookie or storage with it."""

from __future__ import annotations

from flask import current_app

from obshto.platform.scope import Scope

BOOTH_HOST = "obshto.booth_host"  # of the configuration: whether such a host leads to us


def separate_host(scope: Scope, label: str) -> str:
    """`label.<host>` where there is TLS and such a host leads here, else the municipality's own."""
    is_apart = scope.scheme == "https" and current_app.config[BOOTH_HOST]
    return f"{label}.{scope.host}" if is_apart else scope.host
