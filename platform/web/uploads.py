"""Which views take files. All others refuse a large body before anything of it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.datastructures import MultiDict

from obshto.platform.web.access import Open, access_of
from obshto.platform.web.cookies import SESSION, cookie_name

View = TypeVar("View", bound=Callable[..., Any])
MOST = 26 * 1024 * 1024  # bytes: a file of 25 MB with its form
PART_OF_FILE = "application/offset+octet-stream"  # of tus
_LIMITS: dict[Callable[..., Any], int] = {}
_OF_PARTS: set[Callable[..., Any]] = set()


def takes_files(view: View) -> View:
    """Declares that forms with files come here. Larger ones are a 413."""
    _LIMITS[view] = MOST
    return view


def takes_parts(view: View) -> View:
    """Declares that parts of files come here as they are (tus). It reads `request.stream`."""
    _OF_PARTS.add(view)
    return takes_files(view)


def install(app: Flask) -> None:
    """Must come before whatever reads the form."""
    app.before_request(_open_up)
    app.teardown_request(_close_files)


def _open_up() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    # Only such a body is written to disk as it comes; any other is held in memory, whole.
    is_file = request.method == "POST" and request.mimetype == "multipart/form-data"
    if view in _OF_PARTS:
        is_file = request.mimetype == PART_OF_FILE
    if is_file and view in _LIMITS and _may_be_heard(view):
        request.max_content_length = _LIMITS[view]


def _close_files(error: BaseException | None) -> None:
    """What was sent lies in a temporary file, which goes when it is closed."""
    for _, file in vars(request).get("files", MultiDict()).items(multi=True):
        file.close()


def _may_be_heard(view: Callable[..., Any]) -> bool:
    """Who must be signed in and shows no session has nothing large to say."""
    return access_of(view).who is Open.TO_ALL or cookie_name(SESSION) in request.cookies
