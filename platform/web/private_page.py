"""Page of one reader: no cache keeps it, a form that must be mended answers 422."""

from __future__ import annotations

from typing import Any

from flask import Response, g, make_response, render_template


def private_page(
    template: str, *, form: Any = None, status: int | None = None, **shown: Any
) -> Response:
    """A page that no cache keeps: it has a `request_id`, or a code in its address opens it."""
    g.is_personal = True
    if form is not None:
        shown["form"] = form
        if form.errors or getattr(form, "is_asking", False):
            status = status or 422
    return make_response(render_template(template, **shown), status or 200)
