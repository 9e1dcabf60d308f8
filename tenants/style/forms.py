"""Sample form: a field of each kind, untouched or with an error at each."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from obshto.platform.web.forms import ChoiceField, ChoicesField, DayField, FlaskForm

SORTS = [
    SelectChoice("one", _("Първа възможност")),
    SelectChoice("other", _("Втора възможност")),
]
REQUIRED = InputRequired(_("Напишете нещо тук"))


class SampleForm(FlaskForm):
    """It is shown and never sent: nothing reads what is typed."""

    class Meta(FlaskForm.Meta):  # type: ignore[name-defined]
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
