"""Forms of a petition: its committee, sheets, rows from paper, the register office's protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from stdnum.bg import egn
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.petitions.acts import PURPOSES
from obshto.platform.petitions.signatures import Place, SignatureWords
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.settings.forms import NumberField
from obshto.platform.web.forms import (
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)

MANY = 9_999_999
_place = re.compile(r"(\d{1,5})\s*/\s*(\d{1,2})").fullmatch
_choose = _("Изберете отговор")
REST: Mapping[str, Any] = {
    "confirmed": _("Проверени са: гласоподаватели са"),
    "unchecked": _("Не са проверени: проверката спря, щом подписите стигнаха"),
}


def choice_field(label: Any, choices: Mapping[str, Any], **more: Any) -> RadioField:
    """One of a few answers; the form refuses others itself."""
    return RadioField(
        label,
        [DataRequired(_choose)],
        choices=[SelectChoice(value, name) for value, name in choices.items()],
        validate_choice=False,
        **more,
    )


def refuse_other(field: Field, choices: Mapping[str, Any]) -> None:
    """Raises ValidationError for what is none of the answers."""
    if field.data not in choices:
        raise ValidationError(str(_choose))


def number_field(
    label: Any, *, least: int = 0, most: int = MANY, optional: bool = False
) -> NumberField:
    """A whole number between two."""
    error = _("Въведете цяло число")
    first = Optional() if optional else InputRequired(error)
    return NumberField(label, [first, NumberRange(least, most, message=error)], error=error)


class MemberForm(FlaskForm):
    """A member of a committee."""

    request_id = UuidField(default=uuid4)
    name = StringField(
        _("Име, презиме и фамилия"), [DataRequired(_("Въведете трите имена")), at_most(120)]
    )
    egn = StringField(_("ЕГН"), [DataRequired(_("Въведете ЕГН с 10 цифри")), at_most(20)])
    address = StringField(_("Постоянен адрес"), [DataRequired(_("Въведете адреса")), at_most(200)])
    is_chair = BooleanField(_("Председател на комитета"))
    is_me = BooleanField(_("Това съм аз"))

    def validate_egn(self, field: Field) -> None:
        """Raises ValidationError: committees are written down from identity cards."""
        if not egn.is_valid(field.data or ""):
            raise ValidationError(gettext("Проверете ЕГН: някоя цифра е сгрешена"))

    def said(self) -> dict[str, Any]:
        """As typed. Only for a form that has passed its checks."""
        return {
            "name": " ".join(self.name.data.split()),
            "egn": egn.compact(self.egn.data),
            "address": self.address.data.strip(),
            "is_chair": self.is_chair.data,
            "is_me": self.is_me.data,
        }


class JoinForm(FlaskForm):
    """The code of a place in a committee."""

    request_id = UuidField(default=uuid4)
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class SheetsForm(FlaskForm):
    """How many sheets to print."""

    request_id = UuidField(default=uuid4)
    count = number_field(_("Колко листа?"), least=1, most=200)


class SignatureForm(FlaskForm):
    """A line from paper, as it is written there; also what does not count."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    sheet = number_field(_("Лист №"), least=1, most=99_999)
    line = number_field(_("Ред"), least=1, most=10)
    name = StringField(_("Име, презиме и фамилия"), [Optional(), at_most(120)])
    egn = StringField(_("ЕГН"), [Optional(), at_most(20)])
    address = StringField(_("Постоянен адрес"), [Optional(), at_most(200)])
    note = StringField(_("Забележки"), [Optional(), at_most(200)])
    is_unsigned = BooleanField(_("На реда няма подпис"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in (self.name, self.egn, self.address):
            field.flags.unmarked = True  # what is missing on paper is left out, nothing else

    def validate_name(self, field: Field) -> None:
        """Raises ValidationError: a line on which nothing is written is no line."""
        if not any((self.name.data, self.egn.data, self.address.data)):
            raise ValidationError(gettext("Въведете каквото е написано на реда"))

    def said(self) -> SignatureWords:
        """As typed. Only for a form that has passed its checks."""
        return SignatureWords(
            name=" ".join((self.name.data or "").split()),
            egn="".join((self.egn.data or "").split()),
            address=(self.address.data or "").strip(),
            note=(self.note.data or "").strip(),
            is_signed=not self.is_unsigned.data,
        )


class PetitionLookForm(PurposeForm):
    """For what somebody opens the rows of a petition."""

    question = _("Защо отваряте подписката?")
    purposes = PURPOSES


class ProtocolForm(FlaskForm):
    """Which rows are not of voters, by the protocol; what of the others."""

    expected_version = ExpectedVersionField()
    places = TextAreaField(
        _("Редове, които не са на гласоподаватели"), [Optional(), at_most(4_000)]
    )
    rest = choice_field(_("А останалите?"), REST)

    def validate_places(self, field: Field) -> None:
        """Raises ValidationError."""
        pieces = _pieces(field.data)
        if len(pieces) > 200:
            raise ValidationError(gettext("Въведете най-много 200 реда наведнъж"))
        if wrong := next((piece for piece in pieces if not _place(piece)), None):
            raise ValidationError(
                gettext("„%(piece)s“ не е ред. Напишете лист и ред: 3/7", piece=wrong[:20])
            )

    def validate_rest(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, REST)

    def rows(self) -> list[Place]:
        """The places as typed. Only for a form that has passed its checks."""
        found = (_place(piece) for piece in _pieces(self.places.data))
        return [(int(one[1]), int(one[2])) for one in found if one]


def _pieces(typed: str | None) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,;\n]+", typed or "") if piece.strip()]
