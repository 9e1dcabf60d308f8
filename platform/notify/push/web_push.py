"""Encrypt for one browser (RFC 8291), sign as this portal (RFC 8292), hand to its push service."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02, VapidException

from obshto.platform.clock import now
from obshto.platform.fetching.guard import NotFetched
from obshto.platform.fetching.services import Asked, Limits, fetch
from obshto.platform.notify.push.subscription_keys import Subscription
from obshto.platform.notify.transport import Refused, Unreachable

GONE: Final = "gone"  # the browser unsubscribed: nothing is sent there any more
LASTS: Final = timedelta(hours=12)  # of a signature; a day is the most (RFC 8292 §2)
LIMITS: Final = Limits(size=16 * 1024, seconds=10.0)
TAKEN: Final = (200, 201, 202, 204)
OURS: Final = (401, 403)  # our signature, not this browser
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is shown. `message_id`: 32 letters; a repeat stands in for what waits at the service.

    `lasts` is how long the service keeps it for a phone that is off.
    """

    message_id: str
    to: Subscription
    content: bytes
    is_urgent: bool
    lasts: timedelta


class Pusher(Protocol):
    """The way to browsers."""

    public_key: str

    def send(self, note: Note) -> None:
        """Returned means taken. Raises Refused, Unreachable."""


class WebPush:
    """Signs with a key that comes out of a secret of the installation: the same secret, the same
    key, so that browsers stay subscribed.
    """

    def __init__(self, secret: str, contact: str) -> None:
        number = int.from_bytes(hashlib.sha512(f"vapid|{secret}".encode()).digest(), "big")
        self._key = ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public_key = urlsafe_b64encode(point).decode().rstrip("=")
        self._contact = contact

    def send(self, note: Note) -> None:
        """See Pusher. Endpoint and key were given by a stranger: they may be nonsense, and what is
        asked passes the guard.
        """
        try:
            signed, body = self._signed(note.to.endpoint), _sealed(note)
        except (VapidException, http_ece.ECEException, ValueError):
            raise Refused(f"{GONE}: no browser gave that") from None
        headers = {
            **signed,
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(max(int(note.lasts.total_seconds()), 0)),
            "Urgency": "high" if note.is_urgent else "normal",
            "Topic": note.message_id,
        }
        asked = Asked(address=note.to.endpoint, method="POST", headers=headers, body=body)
        try:
            status = fetch(asked, LIMITS).status
        except NotFetched as trouble:
            if trouble.trouble == "forbidden":
                raise Refused(f"{GONE}: no address of the internet") from None
            raise Unreachable(f"push: {trouble.trouble}") from None
        if status in (404, 410):
            raise Refused(f"{GONE}: {status}")
        if status not in TAKEN:
            is_final = 400 <= status < 500 and status not in (*OURS, 408, 429)
            raise (Refused if is_final else Unreachable)(f"push: {status}")

    def _signed(self, endpoint: str) -> dict[str, str]:
        origin = "/".join(endpoint.split("/", 3)[:3])
        claims = {
            "aud": origin,
            "exp": int((now() + LASTS).timestamp()),
            "sub": f"mailto:{self._contact}",
        }
        signed: dict[str, str] = Vapid02(self._key).sign(claims)
        return signed


def _sealed(note: Note) -> bytes:
    mine = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        note.content,
        private_key=mine,
        dh=note.to.key,
        auth_secret=note.to.auth,
        version="aes128gcm",
    )
    return sealed
