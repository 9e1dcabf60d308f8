"""Blueprint of the staff pages."""

from flask import Blueprint
from werkzeug.wrappers import Response

console = Blueprint("accessreview_console", __name__)
Answer = str | tuple[str, int] | Response
