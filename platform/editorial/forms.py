"""What editors say of a file."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired

from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

FILE_TITLE = 160


class FileTitleForm(FlaskForm):
    """What a file is, or what is seen on a picture."""

    expected_version = ExpectedVersionField()
    title = StringField(_("Описание"), [DataRequired(_("Въведете описание")), at_most(FILE_TITLE)])


class DocumentForm(FlaskForm):
    """A file to be downloaded below the text."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Файл"), [FileRequired(_("Изберете файл"))])
    title = StringField(
        _("Какво е това"), [DataRequired(_("Въведете какво е това")), at_most(FILE_TITLE)]
    )


class PictureForm(DocumentForm):
    """A picture; nobody who does not see is left out."""

    file = FileField(_("Снимка"), [FileRequired(_("Изберете снимка"))])
    title = StringField(
        _("Какво се вижда"), [DataRequired(_("Въведете какво се вижда")), at_most(FILE_TITLE)]
    )
