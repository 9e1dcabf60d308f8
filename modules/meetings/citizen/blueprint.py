"""Blueprint of the public pages, and the words that all of them use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, make_response, render_template
from werkzeug.wrappers import Response

from obshto.platform.web.forms import FlaskForm

citizen = Blueprint("meetings_citizen", __name__)


def private_page(template: str, *, form: Any = None, **shown: Any) -> Response:
    """A page that no cache keeps: it has a `request_id`, or a code in its address opens it."""
    g.is_personal = True
    status = 200
    if isinstance(form, FlaskForm):
        is_asking = getattr(form, "is_asking", False)
        status = 422 if form.errors or form.form_errors or is_asking else 200
        shown["form"] = form
    return make_response(render_template(template, **shown), status)
