"""What the region's team fills in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from obshto.platform.web.forms import FlaskForm, UuidField, at_most
from obshto.tenants.api import LENGTHS

REASON = 300


class StepInForm(FlaskForm):
    """Why somebody of the region enters, and for how long."""

    request_id = UuidField(default=uuid4)
    reason = TextAreaField(
        _("Защо влизате"),
        [DataRequired(_("Въведете причина: общината ще я прочете")), at_most(REASON)],
    )
    minutes = RadioField(
        _("За колко време"),
        choices=[SelectChoice(n, _("%(n)s минути", n=n)) for n in LENGTHS],
        coerce=int,
        default=LENGTHS[1],
    )
