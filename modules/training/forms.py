"""Forms of training: begin a mission, write down a course."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.training.services.records import CourseWords
from obshto.modules.training.services.topics import TOPICS
from obshto.platform.clock import day_of, now
from obshto.platform.web.forms import ChoiceField, DayField, FlaskForm, UuidField, at_most

EARLIEST = date(2000, 1, 1)


class AttemptForm(FlaskForm):
    """One button; a repeated click finds the first attempt."""

    request_id = UuidField(default=uuid4)


class LearnedCourseForm(FlaskForm):
    """A course of somebody else, from its paper."""

    request_id = UuidField(default=uuid4)
    topic = ChoiceField(
        _("Тема"),
        [DataRequired(_("Изберете тема"))],
        choices=[
            SelectChoice("", _("Изберете")),
            *(SelectChoice(word, topic.title) for word, topic in TOPICS.items()),
        ],
    )
    course = StringField(
        _("Курс и кой го е провел"),
        [DataRequired(_("Напишете кой курс е и кой го е провел")), at_most(200)],
    )
    learned_on = DayField(_("Кога е завършен"), [DataRequired(_("Въведете датата на курса"))])

    def validate_learned_on(self, field: DayField) -> None:
        """Raises ValidationError for a day to come, or of another century."""
        if field.data and field.data > day_of(now()):
            raise ValidationError(gettext("Този ден още не е дошъл"))
        if field.data and field.data < EARLIEST:
            raise ValidationError(gettext("Проверете годината"))

    def words(self) -> CourseWords:
        """The course as typed, without the blanks around it."""
        assert self.learned_on.data
        return CourseWords(
            topic=self.topic.data,
            course=self.course.data.strip(),
            learned_on=self.learned_on.data,
        )
