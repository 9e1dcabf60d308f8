"""Acts out of a phone's queue: the same view answers a form, and a queue that sends late.

The browser's half is `assets/js/offline.js`. It keeps what it could not send, and what was refused
with the reason, so a refusal is answered as plain words.
"""

from __future__ import annotations

from datetime import datetime

from flask import request
from werkzeug.wrappers import Response
from wtforms.form import BaseForm

from obshto.platform.clock import next_midnight
from obshto.platform.errors import Conflict, DomainError, NotAllowed
from obshto.platform.web.forms import errors_of
from obshto.platform.web.redirects import with_flash

KEEP_UNTIL = "Keep-Until"  # read by the worker on the phone: milliseconds, then the copy goes


def is_queued() -> bool:
    """It was sent by the queue, not by the form itself."""
    return bool(request.form.get("queued"))


def taken() -> Response:
    """For the queue: it is here, and nothing more is to be said."""
    return Response(status=204)


def refused(refusal: DomainError) -> Response:
    """For the queue: it keeps the act and shows the reason.

    A 403 says to a phone that it is signed out: it would send again for ever, and hold back what
    waits behind.
    """
    status = Conflict.status if isinstance(refusal, NotAllowed) else refusal.status
    return Response(str(refusal), status, content_type="text/plain; charset=utf-8")


def refused_form(form: BaseForm) -> Response:
    """The same for a form that must be mended: everything that is wrong with it."""
    why = " ".join(line["text"] for line in errors_of(form))
    return Response(why, 422, content_type="text/plain; charset=utf-8")


def sent(path: str, *, said: str) -> Response:
    """For the queue: it is here, and this is where its sender reads on, with that sentence."""
    return with_flash(Response(status=201, headers={"Location": path}), said)


def keep_for_the_day(page: Response, now: datetime) -> None:
    """The phone may show its copy without a network until midnight."""
    page.headers[KEEP_UNTIL] = str(int(next_midnight(now).timestamp() * 1000))
