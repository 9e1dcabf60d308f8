"""Question to a reader."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import UuidField

YES, NO = "yes", "no"


class UsefulnessForm(RateLimitedForm):
    """Was it of use? Nothing else is asked."""

    rate_limit = RateLimit(thing="usefulness:answer.give")
    request_id = UuidField(default=uuid4)
    was_useful = RadioField(
        _("Полезно ли беше?"),
        [InputRequired(_("Изберете да или не"))],
        choices=[SelectChoice(YES, _("Да")), SelectChoice(NO, _("Не"))],
    )
