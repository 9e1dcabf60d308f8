"""Forms of a guide, and of a reader's answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation

from obshto.modules.guides.services.edits import GuideLinks, GuideText
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

TITLE, SUMMARY, BODY, PATH = 120, 300, 20_000, 300
YES, NO = "yes", "no"


class PathHere:
    """A page of this portal, as it stands in the address bar; `below` is how it must begin."""

    def __init__(self, message: Any, below: str = "/") -> None:
        self.message, self.below = message, below

    def __call__(self, form: FlaskForm, field: StringField) -> None:
        """Leaves the path alone in `data`. Raises StopValidation."""
        typed = (field.data or "").strip()
        try:
            parts = urlsplit(typed)
        except ValueError:
            raise StopValidation(str(self.message)) from None
        is_here = not parts.netloc or parts.netloc == request.host
        path = parts.path if is_here else ""
        if not path.startswith(self.below) or "\\" in typed or " " in typed:
            raise StopValidation(str(self.message))
        field.data = path + (f"?{parts.query}" if parts.query else "")


class TextForm(FlaskForm):
    """The words of a guide."""

    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    summary = TextAreaField(
        _("Накратко"), [DataRequired(_("Въведете за какво е упътването")), at_most(SUMMARY)]
    )
    markdown = TextAreaField(
        _("Стъпките"), [DataRequired(_("Въведете стъпките на упътването")), at_most(BODY)]
    )

    def text(self) -> GuideText:
        """The words without the blanks around them."""
        return GuideText(
            title=self.title.data.strip(),
            summary=lines_of(self.summary.data),
            markdown=lines_of(self.markdown.data),
        )


class GuideForm(TextForm):
    """The words, and the pages that belong to them."""

    leads_to = StringField(
        _("Страница, на която се прави"),
        [
            Optional(),
            at_most(PATH),
            PathHere(_("Копирайте адреса на страница от този портал, например от „Услуги“")),
        ],
    )
    video = StringField(
        _("Видео"),
        [
            Optional(),
            at_most(PATH),
            PathHere(_("Копирайте адреса на видео от „Записи и видео“"), below="/videos/"),
        ],
    )

    def links(self) -> GuideLinks:
        """Paths below the host."""
        return GuideLinks(leads_to=self.leads_to.data or "", video=self.video.data or "")


class NewGuideForm(GuideForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditGuideForm(GuideForm):
    """`expected_version` is the version of the guide that the editor had before their eyes."""

    expected_version = ExpectedVersionField()


class TranslationForm(TextForm):
    """`expected_version` is that of the translation which the editor had before their eyes."""

    expected_version = ExpectedVersionField()


class ReadingForm(RateLimitedForm):
    """Was this guide of use, and from where is the reader? Nothing else is asked."""

    rate_limit = RateLimit(thing="guides:guide.read")
    request_id = UuidField(default=uuid4)
    was_useful = RadioField(
        _("Полезно ли беше упътването?"),
        [InputRequired(_("Изберете да или не"))],
        choices=[SelectChoice(YES, _("Да")), SelectChoice(NO, _("Не"))],
    )
    settlement = ChoiceField(_("От кое населено място сте"), [Optional()])

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settlement.choices = [("", gettext("Не казвам")), *names.items()]
