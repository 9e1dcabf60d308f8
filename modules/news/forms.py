"""What editors fill in."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from obshto.modules.news.services import Text
from obshto.platform.web.forms import FlaskForm, UuidField, at_most

TITLE, SUMMARY, BODY, CORRECTION = 120, 300, 20_000, 300


class TextForm(FlaskForm):
    """The words of an item."""

    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    summary = TextAreaField(
        _("Накратко"), [DataRequired(_("Въведете за какво е новината")), at_most(SUMMARY)]
    )
    markdown = TextAreaField(
        _("Текст"), [DataRequired(_("Въведете текста на новината")), at_most(BODY)]
    )

    def text(self) -> Text:
        """The words without the blanks around them."""
        return Text(
            title=self.title.data.strip(),
            summary=self.summary.data.strip(),
            markdown=self.markdown.data.strip(),
        )


class NewForm(TextForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditForm(TextForm):
    """`seen` is the state of the item that the editor had before their eyes."""

    seen = HiddenField()
    correction = StringField(_("Какво поправихте"), [Optional(), at_most(CORRECTION)])

    def seen_at(self) -> datetime:
        """The moment of the last change that was seen; the beginning of time if it is broken."""
        try:
            return datetime.fromisoformat(self.seen.data or "")
        except ValueError:
            return datetime.min
