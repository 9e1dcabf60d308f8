"""Link tokens: values encrypted into the path of a letter's link, for one municipality and purpose.

Nothing is kept of them, nobody reads in an address or a log whom the link is for. When not to use
it: for what must be revoked; there a row holds the hash of a random token.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime

from flask_babel import lazy_gettext as _

from obshto.platform.errors import NotFound
from obshto.platform.keys.encryption import CannotDecrypt, decrypt, encrypt

MOST = 4_000  # signs: longer addresses do not arrive everywhere


class NoSuchLink(NotFound):
    """Not of this municipality or purpose, altered, or never made."""

    sentence = _("Връзката не е цяла. Отворете я пак от писмото.")


def make_token(purpose: str, values: Mapping[str, str], *, at: datetime) -> str:
    """Values as letters for a path. `purpose` is „table.column“-like and binds the token to it."""
    said = json.dumps({**values, "at": at.isoformat()}, separators=(",", ":"))
    return urlsafe_b64encode(encrypt(purpose, said)).decode().rstrip("=")


def read_token(purpose: str, token: str) -> tuple[Mapping[str, str], datetime]:
    """What `make_token` was given, and when. Raises NoSuchLink."""
    try:
        if len(token) > MOST:
            raise ValueError(token[:20])
        lying = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        values = json.loads(decrypt(purpose, lying))
    except (CannotDecrypt, ValueError):
        raise NoSuchLink from None
    return values, datetime.fromisoformat(values.pop("at"))
