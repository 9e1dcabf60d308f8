"""Derived token: letters for the path of an address, made of a keyed digest of what it stands for.

They are shown again as often as wanted without being kept: a row holds their hash at most. A count
in `what` makes another one, and ends the one before. 128 bits that only this municipality's key
makes.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from obshto.platform.keys.encryption import blind_index


def derived_token(label: str, what: str) -> str:
    """22 letters of base64url; `label` is „table.column“-like and binds them to their purpose."""
    return urlsafe_b64encode(blind_index(label, what)).decode().rstrip("=")
