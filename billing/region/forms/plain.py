"""The forms whose questions are always the same."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Optional,
    Regexp,
    ValidationError,
)

from obshto.billing.forms import EuroField
from obshto.billing.gateways.bank import is_bic, is_iban, spelled_iban
from obshto.billing.invoices.models import TEN_DIGITS
from obshto.billing.invoices.parties import Issuing, Party
from obshto.billing.sharing.tariff_terms import Terms
from obshto.billing.sharing.tariffs import next_month
from obshto.platform.clock import today
from obshto.platform.web.formats import month
from obshto.platform.web.forms import (
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)
from obshto.platform.web.language import SOURCE

NAME, TEXT = 140, 300
AHEAD = 18  # months that one can choose
DIGITS = Regexp(r"^\s*(BG)?[0-9]{9,13}\s*$", message=_("Проверете номера: има от 9 до 13 цифри"))


def months(first: date, number: int = AHEAD) -> list[SelectChoice]:
    """So many months from that one on, as a list to choose from."""
    found = [first]
    while len(found) < number:
        found.append(next_month(found[-1]))
    return [SelectChoice(one.isoformat(), month(one)) for one in found]


def _some() -> NumberRange:
    return NumberRange(min=1, message=_("Въведете сума, по-голяма от нула"))


class PartyForm(FlaskForm):
    """Either side of an invoice."""

    expected_version = ExpectedVersionField()
    name = StringField(_("Име на организацията"), [DataRequired(_("Въведете име")), at_most(NAME)])
    eik = StringField(_("ЕИК"), [DataRequired(_("Въведете ЕИК")), DIGITS])
    vat_number = StringField(
        _("Номер по ДДС"),
        [Optional(), DIGITS],
        description=_("Само ако организацията е регистрирана по ЗДДС"),
    )
    address = StringField(_("Адрес"), [DataRequired(_("Въведете адрес")), at_most(TEXT)])
    person = StringField(_("Кой отговаря"), [Optional(), at_most(NAME)])

    def party(self) -> Party:
        return Party(
            name=self.name.data.strip(),
            eik=self.eik.data.strip(),
            vat_number=(self.vat_number.data or "").strip(),
            address=self.address.data.strip(),
            person=(self.person.data or "").strip(),
        )


class IssuerForm(PartyForm):
    """Who issues, where money goes, how VAT is charged."""

    iban = StringField(_("Номер на сметката"), [DataRequired(_("Въведете номера на сметката"))])
    bic = StringField(_("Код на банката"), [Optional()])
    bank = StringField(_("Банка"), [Optional(), at_most(NAME)])
    vat_percent = IntegerField(
        _("Ставка на данъка в проценти"),
        [InputRequired(_("Въведете число")), NumberRange(0, 50, _("Въведете число от 0 до 50"))],
        default=20,
        description=_("Начислява се само ако по-горе има номер по ДДС"),
    )
    exempt_because = StringField(
        _("Основание да не се начислява данък"),
        [Optional(), at_most(TEXT)],
        description=_("Стои на фактурата, когато няма данък. Например: чл. 113, ал. 9 от ЗДДС"),
    )
    due_days = IntegerField(
        _("За колко дни се плаща"),
        [InputRequired(_("Въведете число")), NumberRange(1, 120, _("Въведете число от 1 до 120"))],
        default=30,
    )
    first_number = IntegerField(
        _("Номер на първата фактура"),
        [
            InputRequired(_("Въведете число")),
            NumberRange(1, TEN_DIGITS, _("Въведете число с най-много 10 цифри")),
        ],
        default=1,
        description=_("Ако и друга програма издава фактури, изберете редица само за портала"),
    )

    def validate_iban(self, field: StringField) -> None:
        if not is_iban(spelled_iban(field.data)):
            raise ValidationError(
                _("Проверете номера на сметката. Има 22 знака и започва с кода на България.")
            )

    def validate_bic(self, field: StringField) -> None:
        if field.data and not is_bic(spelled_iban(field.data)):
            raise ValidationError(_("Проверете кода на банката. Има 8 или 11 знака."))

    def issuing(self) -> Issuing:
        return Issuing(
            iban=spelled_iban(self.iban.data),
            bic=spelled_iban(self.bic.data or ""),
            bank=(self.bank.data or "").strip(),
            vat_percent=self.vat_percent.data,
            exempt_because=(self.exempt_because.data or "").strip(),
            due_days=self.due_days.data,
            first_number=self.first_number.data,
        )


class PlanForm(FlaskForm):
    """By which plan a municipality shares, from which month on."""

    request_id = UuidField(default=uuid4)
    plan = ChoiceField(_("План"), render_kw={"lang": SOURCE})
    since = ChoiceField(_("От кой месец"))

    def offer(self, terms: Terms, first: date) -> None:
        self.plan.choices = [SelectChoice(plan.code, plan.title) for plan in terms.plans]
        self.since.choices = months(first, 12)


class PaymentForm(FlaskForm):
    """A line of the bank's statement."""

    request_id = UuidField(default=uuid4)
    cents = EuroField(
        _("Колко пари са дошли"), [InputRequired(_("Въведете сума като 12,50")), _some()]
    )
    received_on = DayField(
        _("Кога са дошли парите"), [InputRequired(_("Въведете кога са дошли парите"))]
    )
    reference = StringField(
        _("Номер на превода в извлечението"),
        [DataRequired(_("Въведете номера на превода")), at_most(60)],
    )

    def validate_received_on(self, field: DayField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Въведете ден, който вече е минал"))


class CreditForm(FlaskForm):
    """How much of an invoice is taken away, and why."""

    request_id = UuidField(default=uuid4)
    cents = EuroField(
        _("С колко се намалява, без данък"),
        [InputRequired(_("Въведете сума като 12,50")), _some()],
    )
    reason = StringField(
        _("Основание"),
        [DataRequired(_("Напишете защо: стои на известието")), at_most(TEXT)],
    )


class OutlayForm(FlaskForm):
    """Money spent on the service, or come for it by a programme."""

    request_id = UuidField(default=uuid4)
    kind = ChoiceField(_("Какво вписвате"))
    programme = StringField(
        _("Програма или източник"),
        [DataRequired(_("Напишете откъде са парите")), at_most(NAME)],
        description=_("Пишете я винаги еднакво: отчетът събира по нея"),
        render_kw={"list": "programmes", "autocomplete": "off"},
    )
    purpose = StringField(
        _("За какво"), [DataRequired(_("Напишете за какво са парите")), at_most(NAME)]
    )
    cents = EuroField(_("Сума"), [InputRequired(_("Въведете сума като 12,50")), _some()])
    day = DayField(_("Кога"), [InputRequired(_("Въведете деня"))])

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.kind.choices = [
            SelectChoice("spending", _("Разход за портала")),
            SelectChoice("income", _("Пари, дошли по програма")),
        ]

    def validate_day(self, field: DayField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Въведете ден, който вече е минал"))
