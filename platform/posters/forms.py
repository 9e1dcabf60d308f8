"""What is asked before something is printed."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from obshto.platform.posters.layout import Size
from obshto.platform.web.forms import FlaskForm, UuidField, at_most
from obshto.platform.web.language import LANGUAGES, SOURCE

PHONE = 40  # characters
SIZES = {
    Size.A4: (
        _("Плакат, формат А4"),
        _("За вратата и таблото: едри букви, които се виждат отдалеч"),
    ),
    Size.A5: (_("Листовка, формат А5"), _("За гишето и пощенската кутия: половин лист")),
}


class PosterForm(FlaskForm):
    """Size, language, whom to ask. The same form twice gives the same number."""

    request_id = UuidField(default=uuid4)
    size = RadioField(
        _("Какво да подготвим"),
        choices=[
            SelectChoice(size.value, title, render_kw={"hint": hint})
            for size, (title, hint) in SIZES.items()
        ],
        validate_choice=False,
        default=Size.A4.value,
    )
    language = RadioField(
        _("На какъв език"),
        choices=[SelectChoice(c, name, render_kw={"lang": c}) for c, name in LANGUAGES.items()],
        validate_choice=False,
        default=SOURCE,
    )
    phone = StringField(_("Телефон за въпроси (по желание)"), [at_most(PHONE)])

    def validate_size(self, field: Field) -> None:
        """One of the two."""
        if field.data not in set(Size):
            raise ValidationError(gettext("Изберете плакат или листовка"))

    def validate_language(self, field: Field) -> None:
        """One of the three."""
        if field.data not in LANGUAGES:
            raise ValidationError(gettext("Изберете език"))
