"""The random token by which a device is known that has answered."""

from __future__ import annotations

from flask import request

from obshto.platform.web.cookies import cookie_name
from obshto.platform.web.validity import refuse_in_fragment

DEVICE = "polls"  # the cookie


def device_token() -> str:
    """Of the browser at hand; empty where it has not answered anything."""
    refuse_in_fragment("device cookie")
    return request.cookies.get(cookie_name(DEVICE), "")[:64]
