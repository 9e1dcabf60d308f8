"""Forms of retention: a dry run, a legal hold, its new last day, its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.retention.services.calendar import CalendarRule
from obshto.modules.retention.services.holds import REACHES
from obshto.platform.clock import day_of, now
from obshto.platform.privacy.hold_actions import HoldWords
from obshto.platform.privacy.legal_holds import Reach
from obshto.platform.web.forms import (
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

MOST = 2_000
LONGEST = timedelta(days=10 * 366)


class CheckForm(FlaskForm):
    """One button: a dry run."""

    request_id = UuidField(default=uuid4)


class HoldForm(FlaskForm):
    """A new hold."""

    request_id = UuidField(default=uuid4)
    reach = RadioField(
        _("Какво да не се изтрива?"),
        [DataRequired(_("Изберете какво да не се изтрива"))],
        choices=[SelectChoice(reach.value, said) for reach, said in REACHES.items()],
        validate_choice=False,
    )
    rule = ChoiceField(_("Вид данни"), [DataRequired(_("Изберете вида данни"))])
    number = StringField(_("Номер на преписката"), [Optional(), at_most(40)])
    reason = TextAreaField(
        _("Защо"), [DataRequired(_("Напишете за кой спор или проверка става дума")), at_most(MOST)]
    )
    ground = StringField(
        _("Правно основание"), [DataRequired(_("Напишете закона и члена")), at_most(300)]
    )
    until = DayField(_("До кой ден включително"), [DataRequired(_("Въведете последния ден"))])

    def __init__(self, rules: Sequence[CalendarRule], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        first = SelectChoice("", gettext("Изберете"))
        self.rule.choices = [first, *(SelectChoice(rule.key, rule.what) for rule in rules)]

    def validate_reach(self, field: RadioField) -> None:
        """Raises ValidationError."""
        if field.data not in {reach.value for reach in REACHES}:
            raise ValidationError(gettext("Изберете какво да не се изтрива"))

    def validate_until(self, field: DayField) -> None:
        """Raises ValidationError."""
        check_last_day(field.data)

    def words(self) -> HoldWords:
        """What was typed."""
        assert self.until.data
        part, _colon, word = self.rule.data.partition(":")
        return HoldWords(
            reach=Reach(self.reach.data),
            part=part,
            word=word,
            number=(self.number.data or "").strip(),
            reason=lines_of(self.reason.data),
            ground=self.ground.data.strip(),
            until=self.until.data,
        )


class ProlongForm(FlaskForm):
    """A new last day."""

    expected_version = ExpectedVersionField()
    until = DayField(_("До кой ден включително"), [DataRequired(_("Въведете последния ден"))])
    reason = TextAreaField(
        _("Защо"), [DataRequired(_("Напишете за кой спор или проверка става дума")), at_most(MOST)]
    )

    def validate_until(self, field: DayField) -> None:
        """Raises ValidationError."""
        check_last_day(field.data)


class EndForm(FlaskForm):
    """Why it ends before its last day."""

    expected_version = ExpectedVersionField()
    why = TextAreaField(
        _("Защо вдигате забраната"),
        [DataRequired(_("Напишете защо вдигате забраната")), at_most(MOST)],
    )


def check_last_day(day: date | None) -> None:
    """Raises ValidationError: a hold ends today at the earliest, and not after ten years."""
    today = day_of(now())
    said: LazyString | None = None
    if day and day < today:
        said = _("Този ден е минал. Въведете днешен или следващ ден.")
    elif day and day > today + LONGEST:
        said = _("Въведете ден до 10 години напред. После може да го удължите.")
    if said:
        raise ValidationError(str(said))
