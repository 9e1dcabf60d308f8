"""Built files of the look by the name their source has."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

STATIC_ROOT = Path(__file__).parents[1] / "static" / "dist"
"""The folder served under /static/: fingerprinted names, with .br and .gz beside all but fonts."""

# Closes the phone's menu before the first paint; the module opens it again, a timer if none came.
BOOT_SCRIPT = (
    '(function(c){c.add("ob-boot");setTimeout(function(){c.remove("ob-boot")},4000)})'
    "(document.documentElement.classList)"
)
BOOT_HASH = f"sha256-{base64.b64encode(hashlib.sha256(BOOT_SCRIPT.encode()).digest()).decode()}"
"""What `script-src` must carry for BOOT_SCRIPT, between single quotes."""

MANIFEST: dict[str, str] = json.loads((STATIC_ROOT / "manifest.json").read_text("utf-8"))


def asset(name: str) -> str:
    """The address of a built file: "site.css" gives "/static/site.<hash>.css"; KeyError if none."""
    return f"/static/{MANIFEST[name]}"
