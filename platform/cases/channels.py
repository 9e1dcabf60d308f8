"""Channels by which something comes to the municipality."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

PORTAL, COUNTER, PHONE, POST = "portal", "counter", "phone", "post"
CHANNELS: Mapping[str, LazyString] = {
    PORTAL: lazy_gettext("през портала"),
    COUNTER: lazy_gettext("на гише"),
    PHONE: lazy_gettext("по телефона"),
    POST: lazy_gettext("по пощата"),
}
# What staff type in for somebody.
ENTERED = (COUNTER, PHONE, POST)
