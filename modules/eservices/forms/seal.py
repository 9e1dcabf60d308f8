"""The electronic seal as a file with its password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import PasswordField

from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, at_most


class SealForm(FlaskForm):
    """A certificate with its key. The password opens the file once and is not kept."""

    expected_version = ExpectedVersionField()
    file = FileField(_("Файл със сертификата и ключа"), [FileRequired(_("Изберете файл"))])
    password = PasswordField(_("Парола на файла"), [at_most(200)])
