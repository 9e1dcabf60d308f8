"""Forms of moderation: a flag, a decision to hide, its appeal, the decision on that."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.moderation.rules import RULE_WORDS, RULES
from obshto.platform.moderation.services import RESTORED, UPHELD, Reason
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most, lines_of

MOST_WORDS, MOST_REASON = 1_000, 600


class AppealForm(RateLimitedForm):
    """Why what was hidden should be seen again."""

    rate_limit = RateLimit(thing="moderation:appeal.file", most=10)
    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Защо не сте съгласни?"),
        [DataRequired(_("Напишете защо не сте съгласни")), at_most(MOST_WORDS)],
    )


class FlagForm(RateLimitedForm):
    """Which rule a thing breaks."""

    rate_limit = RateLimit(thing="moderation:flag.put", most=10)
    request_id = UuidField(default=uuid4)
    rule = RadioField(
        _("Какво не е наред?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice(word, title, render_kw={"hint": RULE_WORDS[word]})
            for word, title in RULES.items()
        ],
        validate_choice=False,
    )

    def validate_rule(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in RULES:
            raise ValidationError(gettext("Изберете отговор"))


class HideForm(FlaskForm):
    """Which rule is broken, and why, as everybody will read it."""

    rule = RadioField(
        _("Кое правило е нарушено?"),
        [DataRequired(_("Изберете правило"))],
        choices=[SelectChoice(word, title) for word, title in RULES.items()],
        validate_choice=False,
    )
    words = TextAreaField(
        _("Защо? Ще го прочетат всички."), [DataRequired(_("Напишете защо")), at_most(MOST_REASON)]
    )

    def validate_rule(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in RULES:
            raise ValidationError(gettext("Изберете правило"))

    def reason(self) -> Reason:
        """As typed. Only for a form that has passed its checks."""
        return Reason(rule=self.rule.data, words=lines_of(self.words.data))


class HideRowForm(HideForm):
    """The same for a row that is hidden whole: it must be as it was seen."""

    expected_version = ExpectedVersionField()


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
