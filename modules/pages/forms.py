"""What editors fill in, and what readers answer."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import (
    Form,
    FormField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation

from obshto.modules.pages.models import Kind, Section
from obshto.modules.pages.services.edits import Text
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most, lines_of

TITLE, SUMMARY, BODY, DETAIL, WORDS = 120, 300, 40_000, 300, 1_000
YES, NO = "yes", "no"


class TextForm(FlaskForm):
    """The words of a page; `form_of` adds the short answers of its kind."""

    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    summary = TextAreaField(
        _("Накратко"), [DataRequired(_("Въведете за какво е страницата")), at_most(SUMMARY)]
    )
    markdown = TextAreaField(
        _("Текст"), [DataRequired(_("Въведете текста на страницата")), at_most(BODY)]
    )

    def text(self) -> Text:
        """The words without the blanks around them; answers that were left empty are none."""
        answers = self.details.data if "details" in self else {}
        return Text(
            title=self.title.data.strip(),
            summary=lines_of(self.summary.data),
            markdown=lines_of(self.markdown.data),
            details={
                name: value.strip() for name, value in answers.items() if (value or "").strip()
            },
        )


class _Shelved(TextForm):
    section = RadioField(
        _("Къде да стои"),
        [InputRequired(_("Изберете къде да стои страницата"))],
        choices=[SelectChoice(section.value, section.label) for section in Section],
    )


class NewForm(_Shelved):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditForm(_Shelved):
    """`expected_version` is the version of the page that the editor had before their eyes."""

    expected_version = ExpectedVersionField()


class TranslationForm(TextForm):
    """`expected_version` is that of the translation which the editor had before their eyes."""

    expected_version = ExpectedVersionField()


@cache
def form_of(base: type[TextForm], kind: Kind) -> type[Any]:
    """The form with the short answers that pages of this kind give."""
    if not kind.details:
        return base
    fields = {
        detail.name: StringField(detail.label, [Optional(), at_most(DETAIL)])
        for detail in kind.details
    }
    answers = type(f"{kind.name}Details", (Form,), fields)
    return type(f"{kind.name}{base.__name__}", (base,), {"details": FormField(answers)})


class WithAWord:
    """A no without a word helps nobody, so the field is not marked as one to be left empty."""

    field_flags: ClassVar[dict[str, bool]] = {"unmarked": True}

    def __call__(self, form: Any, field: TextAreaField) -> None:
        """Raises StopValidation."""
        if form.is_clear.data == NO and not (field.data or "").strip():
            raise StopValidation(_("Напишете какво не е ясно, за да го поправим"))


class AnswerForm(RateLimitedForm):
    """Was this page clear?"""

    rate_limit = RateLimit(thing="pages:page.answer")
    request_id = UuidField(default=uuid4)
    is_clear = RadioField(
        _("Ясна ли е страницата?"),
        [InputRequired(_("Изберете да или не"))],
        choices=[SelectChoice(YES, _("Да")), SelectChoice(NO, _("Не"))],
    )
    words = TextAreaField(
        _("Какво не е ясно или липсва?"), [WithAWord(), Optional(), at_most(WORDS)]
    )
