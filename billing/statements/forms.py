"""Forms of bank statements."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired

from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

CODE, REASON = 40, 300


class StatementForm(FlaskForm):
    """A file of the bank."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Файл с извлечението"), [FileRequired(_("Изберете файл"))])


class AssignForm(FlaskForm):
    """Which charge a transfer is for."""

    expected_version = ExpectedVersionField()
    code = StringField(
        _("Код за плащане"), [DataRequired(_("Въведете кода от известието")), at_most(CODE)]
    )


class AsideForm(FlaskForm):
    """Why a transfer is no payment for anything here."""

    expected_version = ExpectedVersionField()
    reason = StringField(
        _("Защо не е за задължение в портала"), [DataRequired(_("Напишете защо")), at_most(REASON)]
    )
