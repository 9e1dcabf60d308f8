"""What is asked of who begins to sign in again and again."""

from __future__ import annotations

from datetime import timedelta

from obshto.platform.brake.forms import BrakedForm
from obshto.platform.brake.services import Brake


class StartForm(BrakedForm):
    """Nothing, up to the limit: a school or an office has one address for everybody."""

    brake = Brake(thing="sso:sign-in.start", most=30, window=timedelta(hours=1))
