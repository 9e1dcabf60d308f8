"""Where a person goes next: redirects, with a sentence about what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask import redirect, request, url_for
from flask_babel import LazyString
from werkzeug.wrappers import Response

SAID = "said"
# A path of our own: no second slash, no backslash, no control character, so no other host.
_path = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*").fullmatch


def see_other(endpoint: str, *, said: str | None = None, **values: Any) -> Response:
    """303 to a page of ours. `said` is a word of the part's notices („news.published“)."""
    if said:
        values[SAID] = said
    return redirect(url_for(endpoint, **values), 303)


def on_to(path: str) -> Response:
    """303 to a path of another part, in the language at hand."""
    return redirect(f"{request.script_root}{path}", 303)


def said_in(notices: Iterable[Mapping[str, LazyString]]) -> str | None:
    """The sentence that some part has for the word in the address; unknown words say nothing."""
    word = request.args.get(SAID, "")
    return next((str(of_part[word]) for of_part in notices if word in of_part), None)


def is_own_path(path: str) -> bool:
    """Whether a person may be sent there: a path on this host."""
    return _path(path) is not None
