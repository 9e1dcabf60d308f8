"""Form of who wants letters about a thing and has no account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import DataRequired, Regexp

from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import EMAIL, at_most


class FollowerForm(RateLimitedForm):
    """Where to write. An account needs no field."""

    rate_limit = RateLimit(thing="followers:follower.ask", most=10)
    email = StringField(
        _("Имейл"),
        [
            DataRequired(_("Въведете имейл")),
            at_most(120),
            Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg")),
        ],
    )
