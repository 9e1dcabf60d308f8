"""Where the staff pages of taxes and fees hang."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

console = Blueprint("payments_console", __name__)
Answer = str | tuple[str, int] | Response
