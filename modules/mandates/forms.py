"""Forms of mandates: preparing one, its signature, following it by code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Field, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.mandates.services.lifecycle import SignedSheet
from obshto.modules.mandates.services.preparation import MandateWords
from obshto.platform.cases.forms import NumberAndCodeForm
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    EMAIL,
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)
from obshto.platform.web.signature_field import StrokesField


class MandateForm(FlaskForm):
    """For whom, who acts, in what, until when."""

    request_id = UuidField(default=uuid4)
    name = StringField(
        _("Име на човека, както е в личната карта"),
        [DataRequired(_("Напишете името")), at_most(120)],
    )
    email = StringField(
        _("Имейл на човека"),
        [Optional(), at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))],
    )
    phone = TelField(_("Телефон на човека"), [Optional(), at_most(40)])
    language = ChoiceField(
        _("На какъв език да му пишем?"),
        choices=[
            SelectChoice("bg", _("български")),
            SelectChoice("en", _("английски")),
            SelectChoice("ro", _("румънски")),
        ],
        default="bg",
    )
    assistant = ChoiceField(
        _("Кой ще действа от негово име?"), [DataRequired(_("Изберете колега"))]
    )
    acts = ChoicesField(
        _("Какво може да прави от негово име?"), [DataRequired(_("Изберете поне едно"))]
    )
    ends_on = DateField(_("Последен ден"), [DataRequired(_("Въведете последния ден"))])
    relative = StringField(
        _("Близък, който също да вижда какво е направено"), [Optional(), at_most(120)]
    )

    def offer(self, people: Mapping[UUID, str], acts: Mapping[str, Any]) -> None:
        """Colleagues who may act, acts that may be lent here."""
        self.people = {str(key): name for key, name in people.items()}
        named = [
            SelectChoice(key, name, render_kw={"lang": "bg"}) for key, name in self.people.items()
        ]
        self.assistant.choices = [SelectChoice("", _("Изберете")), *named]
        self.acts.choices = [SelectChoice(word, act.label) for word, act in acts.items()]

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError: digits that are nobody's number."""
        if field.data and read_phone(field.data) is None:
            raise ValidationError(
                gettext("Такъв телефон няма. Напишете го с кода, например 0888 123 456.")
            )

    def told(self) -> MandateWords:
        """As typed. Only for a form that has passed its checks."""
        return MandateWords(
            name=" ".join(self.name.data.split()),
            email=(self.email.data or "").strip(),
            phone=read_phone(self.phone.data or "") or "",
            language=self.language.data,
            assistant=(UUID(self.assistant.data), self.people[self.assistant.data]),
            acts=tuple(self.acts.data),
            ends_on=self.ends_on.data,
            relative=" ".join((self.relative.data or "").split()),
        )


class WitnessedForm(FlaskForm):
    """A signature before two witnesses."""

    expected_version = ExpectedVersionField()
    first_witness = StringField(
        _("Първи свидетел"), [DataRequired(_("Напишете името на свидетеля")), at_most(120)]
    )
    second_witness = StringField(
        _("Втори свидетел"), [DataRequired(_("Напишете името на свидетеля")), at_most(120)]
    )

    @property
    def witnesses(self) -> tuple[str, str]:
        """As typed. Only for a form that has passed its checks."""
        first, second = (self.first_witness.data, self.second_witness.data)
        return " ".join(first.split()), " ".join(second.split())


class SignatureForm(WitnessedForm):
    """What stands on the paper that was signed."""

    signed_on = DateField(_("Кога е подписано"), [DataRequired(_("Въведете деня на подписа"))])
    sheet = StringField(
        _("Номер на подписания лист"),
        [DataRequired(_("Въведете номера на листа")), at_most(40)],
    )
    is_read = BooleanField(
        _("Листът е прочетен на глас и човекът го подписа пред двамата свидетели"),
        [DataRequired(_("Без прочитане на глас съгласието не важи"))],
    )

    def signature(self) -> SignedSheet:
        """As typed. Only for a form that has passed its checks."""
        sheet = " ".join(self.sheet.data.split())
        return SignedSheet(signed_on=self.signed_on.data, sheet=sheet, witnesses=self.witnesses)


class ScreenSignatureForm(WitnessedForm):
    """What the person and the two witnesses write on a screen, today."""

    own_strokes = StrokesField(_("Подпис на човека"))
    first_strokes = StrokesField(_("Подпис на първия свидетел"))
    second_strokes = StrokesField(_("Подпис на втория свидетел"))
    is_read = BooleanField(
        _("Съгласието е прочетено на глас и човекът се подписа пред двамата свидетели"),
        [DataRequired(_("Без прочитане на глас съгласието не важи"))],
    )

    def signature(self, today: date) -> SignedSheet:
        """As written. Only for a form that has passed its checks."""
        fields = (self.own_strokes, self.first_strokes, self.second_strokes)
        strokes = tuple(field.data for field in fields)
        return SignedSheet(signed_on=today, strokes=strokes, witnesses=self.witnesses)


class MandateFollowForm(NumberAndCodeForm):
    """Number and code, as they stand on the letter."""

    rate_limit = RateLimit(thing="mandates:mandate.follow", most=30)
