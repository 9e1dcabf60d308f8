"""Names of our cookies: host-only by the name itself wherever the address is secure."""

from __future__ import annotations

from flask import current_app
from werkzeug.wrappers import Response

SESSION, FORM = "session", "form"
FLASH = "flash"  # the sentence of the next page
BROWSER = "browser"  # by which a host knows again who left it to sign in


def cookie_name(word: str) -> str:
    """`__Host-` makes the browser refuse a cookie planted by a sibling subdomain (RFC 6265bis).

    It asks for https, so development over http goes without.
    """
    return name_under(current_app.config["PREFERRED_URL_SCHEME"], word)


def name_under(scheme: str, word: str) -> str:
    """The same for who stands before the application and knows the scheme of its addresses."""
    return f"__Host-{word}" if scheme == "https" else word


def set_cookie(response: Response, word: str, value: str, *, max_age: int | None = None) -> None:
    """Host-only, out of reach of scripts, not sent from other sites. No age: until closing."""
    response.set_cookie(
        cookie_name(word),
        value,
        max_age=max_age,
        secure=is_secure(),
        httponly=True,
        samesite="Lax",
        path="/",
    )


def delete_cookie(response: Response, word: str) -> None:
    response.delete_cookie(cookie_name(word), secure=is_secure(), path="/")


def is_secure() -> bool:
    return bool(current_app.config["PREFERRED_URL_SCHEME"] == "https")
