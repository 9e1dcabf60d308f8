"""The portal as an app on the phone: its name and look, and the worker that keeps what was seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask import Response, current_app, request, url_for

from obshto.platform.modularity.navigation import SavedForm
from obshto.platform.modularity.registry import components_here
from obshto.platform.storage.emblems import APP, HEAD, LARGE
from obshto.platform.web import theme
from obshto.platform.web.assets import MANIFEST, STATIC_ROOT, asset
from obshto.platform.web.language import OTHERS, current_language
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.portal.theming import emblem_address, theme_address

KEEPS_PAGES = "obshto.keeps_pages"  # of the configuration: the switch for an emergency
FONTS = [name for name in MANIFEST if name.startswith("fonts/")]
# What a browser that has an older worker does with it when the switch is off.
LEAVE = """
addEventListener('install', () => self.skipWaiting())
addEventListener('activate', event => event.waitUntil(caches.keys()
  .then(names => Promise.all(names.map(name => caches.delete(name))))
  .then(() => self.registration.unregister())))
"""


def worker_address() -> str | None:
    """What pages name to the browser; None where nothing is to be kept."""
    return "/worker.js" if current_app.config[KEEPS_PAGES] else None


def worker_script(here: Municipality) -> Response:
    """The worker of this municipality, asked for anew each time, so that it can be called off."""
    script = _keeping(here) if worker_address() else LEAVE
    headers = {"Cache-Control": "no-cache"}
    return Response(script, mimetype="text/javascript", headers=headers)


def saved_forms_here() -> Sequence[SavedForm]:
    """The forms that a phone keeps to be filled in without a network."""
    return [form for part in components_here() for form in part.saved_forms]


def app_manifest(here: Municipality) -> Response:
    """How the portal is called and looks among the apps of a phone."""
    told = {
        "name": here.title(current_language()),
        "short_name": here.names.get(current_language()) or here.names["bg"],
        "lang": current_language(),
        "start_url": f"{request.script_root}/",
        "scope": "/",
        "display": "standalone",
        "background_color": str(theme.WHITE),
        "theme_color": here.colour,
        "icons": _icons(here),
    }
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")


def _icons(here: Municipality) -> list[dict[str, str]]:
    """The coat of arms, else the shield with the letter."""
    if here.emblem is None:
        square = [
            {"src": f"/icon.{width}.png", "sizes": f"{width}x{width}", "type": "image/png"}
            for width in (APP, LARGE)
        ]
        masked = square[-1] | {"src": f"/icon.masked.{LARGE}.png", "purpose": "maskable"}
        return [*square, masked, {"src": "/icon.svg", "sizes": "any", "type": "image/svg+xml"}]
    return [
        {
            "src": emblem_address(here, width) or "",
            "sizes": f"{width}x{width}",
            "type": "image/png",
        }
        for width in (APP, LARGE)
    ]


def _keeping(here: Municipality) -> str:
    offline = url_for("tenants_portal.offline")
    looks = [asset(name) for name in ("site.css", "site.js", *FONTS)]
    worn = emblem_address(here, HEAD) or "/icon.svg"
    shell = [offline, theme_address(here), worn, *looks]
    script = (STATIC_ROOT / MANIFEST["worker.js"]).read_text("utf-8")
    said: dict[str, Any] = {"shell": shell, "offline": offline, "icon": worn, "languages": OTHERS}
    said |= {"forms": [_addresses(form) for form in saved_forms_here()]}
    version = sha256(f"{json.dumps(said)}{script}".encode()).hexdigest()[:10]
    return f"self.keeping={json.dumps(said | {'version': version})};{script}"


def _addresses(form: SavedForm) -> dict[str, Any]:
    """The copy and the pages in whose place it stands, in Bulgarian: others have a prefix."""
    return {"copy": url_for(form.endpoint), "instead": [url_for(one) for one in form.stands_for]}
