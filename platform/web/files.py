"""Files that are answered to their reader alone."""

from __future__ import annotations

from flask import Response


def private_pdf(name: str, body: bytes) -> Response:
    """A PDF to be kept by who asked for it, and by nobody on the way. `name` has no ending."""
    answer = Response(body, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
