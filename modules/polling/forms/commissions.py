"""Forms of commissions and materials."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.polling.services.commissions import MEMBER, OFFICES, MemberWords
from obshto.modules.polling.services.materials import MaterialCounts
from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import checked_phone
from obshto.platform.petitions.forms import choice_field, number_field, refuse_other
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

LARGEST_SEAL = 999_999_999


class CommissionMemberForm(FlaskForm):
    """A member of a commission; the phone is kept as one calls it from anywhere."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    office = choice_field(_("Каква длъжност?"), OFFICES, default=MEMBER)
    name = StringField(
        _("Име, презиме и фамилия"), [DataRequired(_("Въведете трите имена")), at_most(120)]
    )
    phone = StringField(_("Телефон"), [Optional(), at_most(40)])
    trained_on = DateField(_("Кога е обучението?"), [Optional()])
    course = StringField(
        _("По какво се обучава?"), [Optional(), at_most(200)], render_kw={"list": "courses"}
    )

    def validate_office(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, OFFICES)

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError; what is right stands as +359 from here on."""
        try:
            field.data = checked_phone(field.data or "")
        except InvalidValue as refusal:
            raise ValidationError(str(refusal)) from None

    def said(self, office: str = "") -> MemberWords:
        """As typed. Only for a form that has passed its checks."""
        return MemberWords(
            office=office or self.office.data,
            name=" ".join(self.name.data.split()),
            phone=self.phone.data or "",
            trained_on=self.trained_on.data,
            course=" ".join((self.course.data or "").split()),
        )


class MaterialsForm(FlaskForm):
    """What is packed for a section."""

    expected_version = ExpectedVersionField()
    ballots = number_field(_("Бюлетини"), most=50_000)
    envelopes = number_field(_("Пликове"), most=50_000)
    protocols = number_field(_("Протоколи"), most=100)
    lists = number_field(_("Листа от избирателния списък"), most=5_000)
    boxes = number_field(_("Кутии"), most=20)
    booths = number_field(_("Кабини за тайно гласуване"), most=20)
    first_seal = number_field(_("Първа пломба №"), least=1, most=LARGEST_SEAL, optional=True)
    last_seal = number_field(_("Последна пломба №"), least=1, most=LARGEST_SEAL, optional=True)
    packed_on = DateField(_("Кога е опаковано?"), [Optional()])

    def validate_first_seal(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data is None and self.last_seal.data is not None:
            raise ValidationError(gettext("Въведете и първата пломба"))

    def validate_last_seal(self, field: Field) -> None:
        """Raises ValidationError."""
        first = self.first_seal.data
        if first is not None and field.data is not None and field.data < first:
            raise ValidationError(gettext("Последният номер е преди първия"))

    def validate_envelopes(self, field: Field) -> None:
        """Raises ValidationError: a ballot without an envelope is void (чл. 38, ал. 1, т. 1)."""
        if (field.data or 0) < (self.ballots.data or 0):
            raise ValidationError(gettext("Пликовете са по-малко от бюлетините"))

    def said(self) -> MaterialCounts:
        """As typed; one seal is a row of one."""
        told: dict[str, Any] = {name: self[name].data for name in MaterialCounts.__slots__}
        if told["last_seal"] is None:
            told["last_seal"] = told["first_seal"]
        return MaterialCounts(**told)
