"""Sample form: a field of each kind, untouched or with an error at each."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from obshto.platform.web.areas_field import AreasField
from obshto.platform.web.forms import ChoiceField, ChoicesField, DayField, FlaskForm
from obshto.platform.web.signature_field import StrokesField

SORTS = [
    SelectChoice("one", _("Първа възможност")),
    SelectChoice("other", _("Втора възможност")),
]
REQUIRED = InputRequired(_("Напишете нещо тук"))


class SampleForm(FlaskForm):
    """It is shown and never sent: nothing reads what is typed."""

    class Meta(FlaskForm.Meta):
        csrf = False

    line = StringField(_("Един ред"), [REQUIRED])
    wish = StringField(_("Един ред"), [Optional()])
    body = TextAreaField(_("Няколко реда"), [REQUIRED])
    one = RadioField(_("Едно от няколко"), [REQUIRED], choices=SORTS)
    several = ChoicesField(_("Няколко наведнъж"), [REQUIRED], choices=SORTS)
    listed = ChoiceField(_("От списък"), choices=[SelectChoice("", _("Изберете")), *SORTS])
    day = DayField(_("Ден, месец и година"), [REQUIRED])
    file = FileField(_("Файл"), [FileRequired(_("Напишете нещо тук"))])
    tick = BooleanField(_("Едно квадратче"), [REQUIRED])


class RareSampleForm(FlaskForm):
    """Fields that only some pages have: of pictures, maps, signatures, long texts."""

    class Meta(FlaskForm.Meta):
        csrf = False

    is_asking = True  # as after too much was sent
    sum_token = HiddenField()
    sum_answer = StringField(_("Колко е 3 + 4?"))
    areas = AreasField(_("Какво се закрива"), default="10 20 15 30\n60 40 10 10")
    focus_x = IntegerField(_("Отляво"), default=40)
    focus_y = IntegerField(_("Отгоре"), default=60)
    point = StringField(_("Място на картата"))
    text = TextAreaField(_("Дълъг текст"))
    strokes = StrokesField(_("Подпис"), default="M60 120 120 60 180 140 260 70 340 130")
