"""Forms of powers of attorney: who represents whom, in what, until when; the clerk's answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.eservices.forms.acts import WORDS, printable
from obshto.modules.eservices.models import PowerOfAttorney
from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.powers.kinds import WHO, PowerTerms
from obshto.modules.eservices.services.powers.use import SELF, names_represented
from obshto.platform.clock import today
from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import checked_egn, checked_eik, checked_email, checked_lnch
from obshto.platform.web.forms import (
    ChoicesField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)
from obshto.platform.web.language import current_language

CHECKS: Mapping[str, Callable[..., str]] = {
    "egn": checked_egn,
    "lnch": checked_lnch,
    "eik": checked_eik,
}
COPY = "copy"
NAME = 200
TYPED = (
    *("applicant_id_kind", "applicant_name", "applicant_id", "email"),
    *("representative_name", "representative_egn", "poa_number"),
)


def _name(label: str) -> StringField:
    checks = [DataRequired(_("Въведете името")), at_most(NAME), printable]
    return StringField(label, checks)


class _PowerFields(FlaskForm):
    """The named fields stand in an application later, under the same names."""

    request_id = UuidField(default=uuid4)
    applicant_id_kind = RadioField(
        _("Кого представлява пълномощникът?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(kind, said) for kind, said in WHO.items()],
    )
    applicant_name = _name(_("Три имена или наименование на този, който е дал пълномощното"))
    applicant_id = StringField(
        _("Неговият ЕГН, ЛНЧ или ЕИК"), [DataRequired(_("Въведете номера")), at_most(20)]
    )
    email = StringField(_("Имейл на този, който е дал пълномощното"), [Optional(), at_most(200)])
    representative_name = _name(_("Три имена на пълномощника"))
    representative_egn = StringField(
        _("ЕГН на пълномощника"), [DataRequired(_("Въведете ЕГН")), at_most(20)]
    )
    poa_number = StringField(
        _("Номер на пълномощното"),
        [DataRequired(_("Въведете номера")), at_most(60), printable],
    )
    poa_date = DayField(_("Дата на пълномощното"), [DataRequired(_("Въведете датата"))])
    scope = RadioField(
        _("За кои услуги важи?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice("all", _("За всички услуги на общината")),
            SelectChoice("some", _("Само за избраните по-долу")),
        ],
        default="all",
    )
    services = ChoicesField(_("Избрани услуги"))
    until = DayField(_("Докога важи включително?"), [Optional()])

    def offer(self, services: Iterable[Service]) -> None:
        """The services to choose from."""
        self.services.choices = [
            SelectChoice(one.key, one.said(current_language())) for one in services
        ]

    def validate_applicant_id(self, field: Field) -> None:
        """Raises ValidationError."""
        if check := CHECKS.get(self.applicant_id_kind.data or ""):
            _checked(field, check)

    def validate_representative_egn(self, field: Field) -> None:
        """Raises ValidationError."""
        _checked(field, checked_egn)
        if field.data == self.applicant_id.data:
            raise ValidationError(gettext("Пълномощникът и този, когото представлява, са двама"))

    def validate_email(self, field: Field) -> None:
        """Raises ValidationError."""
        _checked_email(field)

    def validate_poa_date(self, field: DayField) -> None:
        """Raises ValidationError."""
        if field.data and field.data > today():
            raise ValidationError(gettext("Датата на пълномощното не може да е в бъдещето"))

    def validate_services(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.scope.data == "some" and not field.data:
            raise ValidationError(gettext("Изберете поне една услуга"))

    def validate_until(self, field: DayField) -> None:
        """Raises ValidationError."""
        if field.data and field.data < today():
            raise ValidationError(gettext("Въведете ден от днес нататък"))

    def terms(self) -> PowerTerms:
        """As typed. Only for a form that has passed its checks."""
        said = {name: " ".join((self[name].data or "").split()) for name in TYPED}
        return PowerTerms(
            answers={**said, "poa_date": str(self.poa_date.data)},
            services=tuple(self.services.data) if self.scope.data == "some" else (),
            until=self.until.data,
        )


class PowerForm(_PowerFields):
    """What the representative sends: the paper as a file, or shown at the counter."""

    file = FileField(_("Снимка или PDF на пълномощното"))
    shows_original = BooleanField(_("Нямам файл: ще покажа оригинала на гишето"))

    def validate_file(self, field: Field) -> None:
        """Raises ValidationError."""
        if not (field.data or self.shows_original.data):
            raise ValidationError(gettext("Изберете файл или отметнете, че ще покажете оригинала"))

    def paper(self) -> BinaryIO | None:
        """The file as it came."""
        return self.file.data.stream if self.file.data else None


class PowerEntryForm(_PowerFields):
    """What a clerk enters who has the original in hand."""

    representative_email = StringField(
        _("Имейл на пълномощника"),
        [Optional(), at_most(200)],
    )
    file = FileField(_("Сканирано пълномощно"))
    seen = BooleanField(
        _("Видях оригинала и самоличността на пълномощника"),
        [DataRequired(_("Отметнете, че сте видели оригинала"))],
    )

    def validate_representative_email(self, field: Field) -> None:
        """Raises ValidationError."""
        _checked_email(field)

    def paper(self) -> BinaryIO | None:
        """The file as it came."""
        return self.file.data.stream if self.file.data else None


class PowerCopyForm(FlaskForm):
    """The better copy that was asked for."""

    expected_version = ExpectedVersionField()
    file = FileField(_("Снимка или PDF на пълномощното"), [FileRequired(_("Изберете файл"))])


class FindPowerForm(FlaskForm):
    """What a clerk looks for. It is sent, for it may hold a person's number."""

    request_id = UuidField(default=uuid4)
    text = StringField(_("Номер на пълномощното, ЕГН, ЛНЧ или ЕИК"), [at_most(40)])


class PowerReplyForm(FlaskForm):
    """What the clerk tells both: why it is refused, what copy is needed, who withdrew it."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(
        _("Обяснение"), [DataRequired(_("Напишете текста")), at_most(WORDS), printable]
    )


class PowerCheckForm(PowerReplyForm):
    """The same of one that is not accepted as it is: a better copy is needed, or it is refused."""

    answer = RadioField(
        _("Какво да стане?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice(COPY, _("Да прати по-добро копие")),
            SelectChoice("refuse", _("Пълномощното не се приема")),
        ],
    )


class ForWhomForm(FlaskForm):
    """For whom an application is: for who fills it in, or for who gave a power of attorney."""

    expected_version = ExpectedVersionField()
    power = RadioField(_("За кого подавате?"), default=SELF)

    def offer(self, powers: Sequence[PowerOfAttorney]) -> ForWhomForm:
        """Those who may be represented."""
        self.power.choices = for_whom_choices(powers)
        return self


def for_whom_choices(powers: Sequence[PowerOfAttorney]) -> list[SelectChoice]:
    """Oneself, then each who may be represented."""
    names: Mapping[UUID, str] = names_represented(powers)
    return [
        SelectChoice(SELF, _("За себе си или без пълномощно в портала")),
        *(
            SelectChoice(
                str(power.id),
                _("%(name)s, по пълномощно %(number)s", name=names[power.id], number=power.number),
            )
            for power in powers
        ),
    ]


def chosen_power(powers: Sequence[PowerOfAttorney], chosen: str | None) -> PowerOfAttorney | None:
    """The one that was chosen; None for oneself."""
    return next((power for power in powers if str(power.id) == chosen), None)


def _checked(field: Field, check: Callable[..., str]) -> None:
    """Raises ValidationError."""
    try:
        field.data = check(field.data or "", today=today())
    except InvalidValue as fault:
        raise ValidationError(str(fault)) from None


def _checked_email(field: Field) -> None:
    """Raises ValidationError."""
    try:
        field.data = checked_email(field.data) if field.data else ""
    except InvalidValue as fault:
        raise ValidationError(str(fault)) from None
