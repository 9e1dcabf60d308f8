"""What every answer says to the browser about what it may do."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, g, request

from obshto.platform.web.cookies import is_secure
from obshto.platform.web.hosts import LABEL, Host

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=()",
}
MEDIA = "camera=(self), microphone=(self), payment=(), usb=()"
# No nonce: pages are kept by the cache. Scripts are files; nothing is inline.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " object-src 'none'; base-uri 'none'; frame-ancestors {frames}; form-action 'self'{more}"
)
TRUSTED_TYPES = "; require-trusted-types-for 'script'"


def install(app: Flask, form_targets: Sequence[str], media_source: str = "") -> None:
    """`form_targets`: other origins that our forms may lead to (sign-in, payment gateways);
    `media_source`: where videos come from besides us.
    """
    more = "".join(f" {origin}" for origin in form_targets)
    if media_source:
        more += f"; media-src 'self' {media_source}"

    def add(response: Response) -> Response:
        response.headers.update(
            {name: said for name, said in ALWAYS.items() if name not in response.headers}
        )
        if "media_server" in g:
            response.headers["Permissions-Policy"] = MEDIA
        if is_secure():
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        # A page that was built whole brings a policy of its own.
        if response.mimetype == "text/html" and "Content-Security-Policy" not in response.headers:
            response.headers["Content-Security-Policy"] = _policy(more)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _keeping(response)
        return response

    app.after_request(add)


def allow_media(server: str) -> None:
    """The page at hand, and no other, may use camera and microphone and speak to a video server:
    `server` is its websocket's origin.
    """
    g.media_server = server


def _policy(more: str) -> str:
    policy = POLICY.format(more=more, frames="'self'" if g.get("is_preview") else "'none'")
    if server := g.get("media_server"):
        # The library asks over https why a connection failed.
        policy += f"; connect-src 'self' {server} {server.replace('ws', 'http', 1)}"
    # htmx needs innerHTML, so console and operations go without trusted types.
    has_htmx = request.path.startswith("/console") or request.environ.get(LABEL) == Host.OPS
    return policy if has_htmx else policy + TRUSTED_TYPES


def _keeping(response: Response) -> str:
    """A page of somebody signed in is kept nowhere; a public one is asked for again each time."""
    personal = "Cookie" in response.headers.get("Vary", "") or "Set-Cookie" in response.headers
    return "private, no-store" if personal or g.get("is_personal") else "private, no-cache"
