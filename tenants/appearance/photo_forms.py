"""Forms of the photograph of the home page."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from obshto.platform.web.forms import (
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)
from obshto.platform.web.language import OTHERS
from obshto.tenants.municipalities.photo import HomePhoto

DESCRIPTION = 200


class _DescribedForm(FlaskForm):
    alt_text = StringField(
        _("Какво се вижда на снимката"),
        [DataRequired(_("Напишете какво се вижда на снимката")), at_most(DESCRIPTION)],
    )
    alt_text_en = StringField(_("Какво се вижда, на английски"), [Optional(), at_most(DESCRIPTION)])
    alt_text_ro = StringField(_("Какво се вижда, на румънски"), [Optional(), at_most(DESCRIPTION)])

    def described(self) -> dict[str, Any]:
        """What is to be seen, as the services take it."""
        told = {code: (self[f"alt_text_{code}"].data or "").strip() for code in OTHERS}
        return {
            "alt_text": self.alt_text.data.strip(),
            "words": {code: words for code, words in told.items() if words},
        }


class NewPhotoForm(_DescribedForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Снимка"), [FileRequired(_("Изберете снимка"))])


def _per_cent(label: str) -> IntegerField:
    message = _("Въведете число от 0 до 100")
    return IntegerField(label, [InputRequired(message), NumberRange(0, 100, message)])


class PhotoForm(_DescribedForm):
    """What matters on the photograph is told in per cent of it."""

    expected_version = ExpectedVersionField()
    focus_x = _per_cent(_("Колко процента от левия край"))
    focus_y = _per_cent(_("Колко процента от горния край"))


def photo_form(photo: HomePhoto) -> PhotoForm:
    """The form, filled in with what is so now."""
    words = {f"alt_text_{code}": photo.words.get(code, "") for code in OTHERS}
    here = {name: getattr(photo, name) for name in ("alt_text", "focus_x", "focus_y")}
    return PhotoForm(data={"expected_version": photo.version, **here, **words})
