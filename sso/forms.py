"""What is asked of who begins to sign in again and again."""

from __future__ import annotations

from datetime import timedelta

from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit


class StartForm(RateLimitedForm):
    """Nothing, up to the limit: a school or an office has one address for everybody."""

    rate_limit = RateLimit(thing="sso:sign-in.start", most=30, window=timedelta(hours=1))
