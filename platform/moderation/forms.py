"""Forms of moderation: the appeal of an author, the decision of another person."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.moderation.services import RESTORED, UPHELD
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

MOST_WORDS = 1_000


class AppealForm(RateLimitedForm):
    """Why what was hidden should be seen again."""

    rate_limit = RateLimit(thing="moderation:appeal.file", most=10)
    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Защо не сте съгласни?"),
        [DataRequired(_("Напишете защо не сте съгласни")), at_most(MOST_WORDS)],
    )


class ReviewForm(FlaskForm):
    """The decision on an appeal, with its reason."""

    expected_version = ExpectedVersionField()
    outcome = RadioField(
        _("Какво решавате?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice(RESTORED, _("Покажете мнението отново")),
            SelectChoice(UPHELD, _("Оставете го скрито")),
        ],
        validate_choice=False,
    )
    words = TextAreaField(_("Защо?"), [DataRequired(_("Напишете защо")), at_most(MOST_WORDS)])

    def validate_outcome(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in (RESTORED, UPHELD):
            raise ValidationError(gettext("Изберете отговор"))
