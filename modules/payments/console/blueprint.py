"""Where the staff pages of taxes and fees hang."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from obshto.platform.web.forms import FlaskForm

console = Blueprint("payments_console", __name__)
Answer = str | tuple[str, int] | Response


def answered(form: FlaskForm, page: str) -> Answer:
    """The page of a form: 422 when something must be mended."""
    return (page, 422) if form.errors or form.form_errors else page
