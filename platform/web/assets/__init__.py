"""Built files of the look by the name their source has."""

from __future__ import annotations

import json
from pathlib import Path

STATIC_ROOT = Path(__file__).parents[1] / "static" / "dist"
"""The folder served under /static/: fingerprinted names, with .br and .gz beside all but fonts."""

MANIFEST: dict[str, str] = json.loads((STATIC_ROOT / "manifest.json").read_text("utf-8"))


def asset(name: str) -> str:
    """The address of a built file: "site.css" gives "/static/site.<hash>.css"; KeyError if none."""
    return f"/static/{MANIFEST[name]}"
