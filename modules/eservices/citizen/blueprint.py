"""Where the public pages of services hang, and how what is personal is answered."""

from __future__ import annotations

from flask import Blueprint, g, make_response, render_template
from werkzeug.wrappers import Response

citizen = Blueprint("eservices_citizen", __name__)


def private(template: str, *, status: int = 200, **shown: object) -> Response:
    """A page that nobody keeps: a code in the address opens it, so no cache may hold it."""
    g.is_personal = True
    return make_response(render_template(template, **shown), status)
