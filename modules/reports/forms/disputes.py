"""Forms of disputes: the sender's, and anybody's with a photograph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import Field, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.reports.forms.acts import ReportWordsForm
from obshto.modules.reports.forms.submission import PhotosForm
from obshto.modules.reports.services.photos import MOST
from obshto.modules.reports.services.report_actions import MOST_WORDS
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    UuidField,
    at_most,
    lines_of,
)


class NotFixedForm(PhotosForm):
    """Anybody shows with a photograph that a report is not mended."""

    rate_limit = RateLimit(thing="reports:report.challenge", most=10)
    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Какво не е оправено?"), [DataRequired(_("Напишете текста")), at_most(MOST_WORDS)]
    )
    photos = MultipleFileField(_("Снимка как е сега"))

    def validate_photos(self, field: Field) -> None:
        """Raises ValidationError."""
        if not 0 < len(self.streams()) <= MOST:
            raise ValidationError(
                gettext("Добавете поне една снимка, най-много %(most)s", most=MOST)
            )

    def said(self) -> str:
        """What was typed."""
        return lines_of(self.words.data)


class DisputeForm(ReportWordsForm):
    """The sender says that an outcome is none, and may show it."""

    words = TextAreaField(
        _("Какво не е оправено?"), [DataRequired(_("Напишете текста")), at_most(MOST_WORDS)]
    )
    photos = MultipleFileField(_("Снимка как е сега"), [Optional()])

    def streams(self) -> Sequence[BinaryIO]:
        """The photographs that came."""
        return [file.stream for file in self.photos.data or () if file and file.filename]
