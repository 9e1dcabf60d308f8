"""Forms of a sender's own page: finding it, a code to the phone that was left."""

from __future__ import annotations

from uuid import uuid4

from obshto.platform.cases.forms import NumberAndCodeForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import FlaskForm, UuidField


class AskCodeForm(FlaskForm):
    """One button: a code to the phone that was left. Pressed twice it is one."""

    request_id = UuidField(default=uuid4)


class FollowForm(NumberAndCodeForm):
    """Number and code, as they stand on the slip."""

    rate_limit = RateLimit(thing="reports:report.follow", most=30)
