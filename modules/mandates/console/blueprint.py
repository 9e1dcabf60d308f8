"""Blueprint of the staff pages."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

console = Blueprint("mandates_console", __name__)
Answer = str | tuple[str, int] | Response
