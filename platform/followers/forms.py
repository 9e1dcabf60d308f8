"""Forms of who wants letters about a thing: with an account a press, without one an address."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Regexp

from obshto.platform.notify.forms import CodeForm, phone_field
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import EMAIL, FlaskForm, UuidField, at_most


class FollowerForm(RateLimitedForm):
    """Where to write. An account needs no field."""

    request_id = UuidField(default=uuid4)
    rate_limit = RateLimit(thing="followers:follower.ask", most=10)
    email = StringField(
        _("Имейл"),
        [
            DataRequired(_("Въведете имейл")),
            at_most(120),
            Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg")),
        ],
    )


class FollowPressForm(FlaskForm):
    """One button that says what it wants, so that a second press is none."""

    request_id = UuidField(default=uuid4)
    wants = HiddenField()


class FollowPhoneForm(RateLimitedForm):
    """Which phone. Short messages cost money, so the brake is tight."""

    request_id = UuidField(default=uuid4)
    rate_limit = RateLimit(thing="followers:phone.ask", most=5)
    phone = phone_field()


class FollowCodeForm(CodeForm):
    """The code that came to it, and what its owner wants."""

    request_id = UuidField(default=uuid4)
    wants = HiddenField()
