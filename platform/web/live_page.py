"""Page that asks for itself anew without JavaScript, where its reader wants that.

The header `Refresh` is sent only with `live=1` in the address: who did not ask is not interrupted,
and one link ends it (WCAG 2.2, 2.2.1 and 2.2.4). Not for a page in which something is typed.
"""

from __future__ import annotations

from typing import TypeVar

from flask import request
from werkzeug.wrappers import Response

EVERY = 20  # seconds between two requests
Answer = TypeVar("Answer", bound=Response)


def refreshed(answer: Answer) -> Answer:
    """The same answer; a browser asks for its address again where the reader wants it."""
    if request.args.get("live") == "1":
        answer.headers["Refresh"] = str(EVERY)
    return answer
