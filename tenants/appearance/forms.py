"""What an admin fills in about the look of the portal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    ColorField,
    EmailField,
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from obshto.platform.clock import now
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, MomentField, at_most
from obshto.platform.web.language import LANGUAGES, OTHERS, SOURCE
from obshto.platform.web.redirects import is_own_path
from obshto.platform.web.theme import nearest_readable, readable
from obshto.tenants.appearance.services import Appearance
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.municipalities.models import Settlement
from obshto.tenants.municipalities.notice import Notice

NAME, CONTACT, WORDS, LINK = 80, 120, 200, 300
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
EMAIL = r"\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*"
LONGEST = dt.timedelta(days=90)  # what stands for ever is not read any more
EVERYWHERE = ""


def _name(label: str) -> StringField:
    return StringField(label, [DataRequired(_("Въведете името")), at_most(NAME)])


class AppearanceForm(FlaskForm):
    """`expected_version` is how often the appearance had been changed when the form was drawn."""

    expected_version = ExpectedVersionField()
    title_bg = _name(_("Име на общината на български"))
    title_en = _name(_("Име на общината на английски"))
    title_ro = _name(_("Име на общината на румънски"))
    name_bg = _name(_("Кратко име на български"))
    name_en = _name(_("Кратко име на английски"))
    name_ro = _name(_("Кратко име на румънски"))
    languages = SelectMultipleField(
        _("Езици освен българския"),
        choices=[SelectChoice(c, LANGUAGES[c], render_kw={"lang": c}) for c in OTHERS],
    )
    colour = ColorField(_("Цвят на портала"), [DataRequired(_("Изберете цвят"))])
    phone = TelField(
        _("Телефон на общината"), [DataRequired(_("Въведете телефона")), at_most(CONTACT)]
    )
    email = EmailField(
        _("Имейл на общината"),
        [
            DataRequired(_("Въведете имейла")),
            at_most(CONTACT),
            Regexp(f"^{EMAIL}$", message=_("Въведете имейл като ime@kula.bg")),
        ],
    )
    address = StringField(_("Адрес"), [DataRequired(_("Въведете адреса")), at_most(CONTACT)])
    address_latin = StringField(
        _("Адрес с латински букви"), [DataRequired(_("Въведете адреса")), at_most(CONTACT)]
    )

    def validate_colour(self, field: Field) -> None:
        """Text in it and white text on it must be readable; `nearest_of` tells which one is."""
        if not COLOUR.fullmatch(field.data):
            raise ValidationError(gettext("Въведете цвят като #145320"))
        if not readable(field.data):
            message = gettext("Този цвят е твърде светъл и текстът не се чете. Изберете по-тъмен.")
            raise ValidationError(message)

    def appearance(self) -> Appearance:
        """What `change_appearance` is told."""
        contact = ("phone", "email", "address", "address_latin")
        return Appearance(
            titles={code: self[f"title_{code}"].data.strip() for code in LANGUAGES},
            names={code: self[f"name_{code}"].data.strip() for code in LANGUAGES},
            languages=(SOURCE, *(c for c in OTHERS if c in (self.languages.data or ()))),
            colour=self.colour.data.lower(),
            contact={word: self[word].data.strip() for word in contact},
        )


def nearest_of(form: AppearanceForm) -> str | None:
    """The readable colour nearest to the one that was refused."""
    typed = form.colour.data or ""
    is_refused = form.colour.errors and COLOUR.fullmatch(typed)
    return nearest_readable(typed) if is_refused else None


def appearance_form(here: Municipality) -> AppearanceForm:
    """The form, filled in with what is so now."""
    return AppearanceForm(
        data={
            "expected_version": here.edits,
            **{f"title_{code}": here.titles.get(code, "") for code in LANGUAGES},
            **{f"name_{code}": here.names.get(code, "") for code in LANGUAGES},
            "languages": list(here.languages),
            "colour": here.colour,
            **here.contact,
        }
    )


class EmblemForm(FlaskForm):
    """A picture of the coat of arms."""

    expected_version = ExpectedVersionField()
    file = FileField(_("Изображение на герба"), [FileRequired(_("Изберете файл"))])


class NoticeForm(FlaskForm):
    """Until when is asked for in Bulgarian time; a place of none is the whole municipality."""

    expected_version = ExpectedVersionField()
    text_bg = TextAreaField(
        _("Съобщение на български"), [DataRequired(_("Въведете съобщението")), at_most(WORDS)]
    )
    text_en = TextAreaField(_("Съобщение на английски"), [Optional(), at_most(WORDS)])
    text_ro = TextAreaField(_("Съобщение на румънски"), [Optional(), at_most(WORDS)])
    place = SelectField(_("За кое място е"))
    until = MomentField(_("До кога да стои"), [InputRequired(_("Въведете ден и час"))])
    link = StringField(_("Страница с подробности"), [Optional(), at_most(LINK)])

    def validate_until(self, field: MomentField) -> None:
        """After now, and not for ever."""
        if field.moment is None:
            return  # the field has complained of what was typed
        if field.moment <= now():
            raise ValidationError(gettext("Изберете бъдещ ден и час"))
        if field.moment > now() + LONGEST:
            raise ValidationError(gettext("Изберете ден в следващите 90 дни"))

    def validate_link(self, field: Field) -> None:
        """A page of ours, or one of others over a safe line."""
        address = field.data.strip()
        if not (is_own_path(address) or re.fullmatch(r"https://[^\s/]+\.[^\s/]+\S*", address)):
            raise ValidationError(gettext("Въведете адрес, който започва с / или с https://"))

    def offer(self, places: Sequence[Settlement]) -> None:
        """The places that can be chosen."""
        whole = SelectChoice(EVERYWHERE, gettext("Цялата община"))
        towns = [SelectChoice(place.ekatte, place.names[SOURCE]) for place in places]
        self.place.choices = [whole, *towns]

    def notice(self, places: Sequence[Settlement]) -> Notice:
        """What `post_notice` is told; `places` are those that were offered."""
        texts = {code: (self[f"text_{code}"].data or "").strip() for code in LANGUAGES}
        assert self.until.moment
        chosen = next((p.names for p in places if p.ekatte == self.place.data), None)
        return Notice(
            texts={code: text for code, text in texts.items() if text},
            place=chosen,
            link=(self.link.data or "").strip() or None,
            until=self.until.moment,
        )
