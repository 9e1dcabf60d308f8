"""What a browser gives for pushing, checked and in one spelling."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

LONGEST: Final = 2_000  # letters of an endpoint
KEY, AUTH = 65, 16  # bytes: a point of P-256, a secret (RFC 8291 §3.1, §3.2)
UNCOMPRESSED: Final = 4


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where to push, for whose key."""

    endpoint: str
    key: bytes
    auth: bytes


def read_subscription(typed: str) -> Subscription | None:
    """Out of the JSON that a browser makes; None for anything else."""
    try:
        told = json.loads(typed)
        endpoint, keys = told["endpoint"], told["keys"]
        key, auth = _bytes(keys["p256dh"]), _bytes(keys["auth"])
        url = urlsplit(endpoint)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        return None
    is_point = len(key) == KEY and key[0] == UNCOMPRESSED and len(auth) == AUTH
    is_place = url.scheme in ("https", "http") and bool(url.hostname) and len(endpoint) <= LONGEST
    return Subscription(endpoint, key, auth) if is_point and is_place else None


def written(typed: str) -> str:
    """The same without what we do not need, always in one order. Only for one that was read."""
    told: dict[str, Any] = json.loads(typed)
    keys = {name: told["keys"][name] for name in ("auth", "p256dh")}
    return json.dumps({"endpoint": told["endpoint"], "keys": keys})


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
