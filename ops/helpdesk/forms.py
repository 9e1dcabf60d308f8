"""What staff and the region's team fill in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from obshto.ops.helpdesk.models import Priority
from obshto.ops.helpdesk.services import BEST
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    MomentField,
    NumberRange,
    UuidField,
    at_most,
)

TITLE, TEXT, PAGE = 120, 4000, 300
A_DAY = 1440  # minutes
PRIORITIES = {
    Priority.URGENT: _("Спешно"),
    Priority.HIGH: _("Важно"),
    Priority.NORMAL: _("Обичайно"),
    Priority.LOW: _("Може да почака"),
}
MARKS = {
    5: _("Отлично"),
    4: _("Добре"),
    3: _("Горе-долу"),
    2: _("Слабо"),
    1: _("Не ми помогнаха"),
}


class AskForm(FlaskForm):
    """A question; the page that it was asked from travels along and can be seen."""

    request_id = UuidField(default=uuid4)
    page = HiddenField(validators=[at_most(PAGE)])
    title = StringField(
        _("За какво става дума"), [DataRequired(_("Напишете го с няколко думи")), at_most(TITLE)]
    )
    text = TextAreaField(
        _("Какво се случи"),
        [DataRequired(_("Опишете какво се случи или какво не става")), at_most(TEXT)],
    )


class ReplyForm(FlaskForm):
    """More from the municipality."""

    request_id = UuidField(default=uuid4)
    text = TextAreaField(
        _("Допълнете"), [DataRequired(_("Напишете какво да добавим")), at_most(TEXT)]
    )


class RateForm(FlaskForm):
    """How the help was."""

    expected_version = ExpectedVersionField()
    mark = RadioField(
        _("Помогнахме ли Ви"),
        [DataRequired(_("Изберете оценка"))],
        choices=[SelectChoice(n, words) for n, words in MARKS.items()],
        coerce=lambda typed: int(typed) if str(typed).isdecimal() else 0,
    )
    words = StringField(_("Какво да направим по-добре"), [Optional(), at_most(TITLE)])

    assert set(MARKS) == set(range(1, BEST + 1))


class AnswerForm(FlaskForm):
    """The team's answer with the time it took."""

    request_id = UuidField(default=uuid4)
    text = TextAreaField(_("Отговор"), [DataRequired(_("Напишете отговор")), at_most(TEXT)])
    minutes = IntegerField(
        _("Минути помощ"),
        [
            NumberRange(0, A_DAY, _("Напишете минутите с число от 0 до 1440")),
        ],
        default=0,
    )
    closes = BooleanField(_("Въпросът е решен, приключете запитването"))


class ArrangeForm(FlaskForm):
    """Who answers, how soon, until when."""

    expected_version = ExpectedVersionField()
    assignee = ChoiceField(_("Отговаря"), [Optional()], choices=[])
    priority = ChoiceField(
        _("Спешност"), choices=[SelectChoice(it.value, word) for it, word in PRIORITIES.items()]
    )
    due_at = MomentField(_("Срок за отговор"), [Optional()])
