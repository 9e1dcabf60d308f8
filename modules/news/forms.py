"""What editors fill in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from obshto.modules.news.services import Text
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most, lines_of

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
            summary=lines_of(self.summary.data),
            markdown=lines_of(self.markdown.data),
        )


class NewForm(TextForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class TranslationForm(TextForm):
    """`expected_version` is that of the translation which the editor had before their eyes."""

    expected_version = ExpectedVersionField()


class EditForm(TextForm):
    """`expected_version` is the version of the item that the editor had before their eyes."""

    expected_version = ExpectedVersionField()
    correction = StringField(_("Какво поправихте"), [Optional(), at_most(CORRECTION)])
