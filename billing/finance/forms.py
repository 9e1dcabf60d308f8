"""What the finance office fills in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Optional,
    Regexp,
    ValidationError,
)

from obshto.billing.charges.models import Kind
from obshto.billing.forms import EuroField
from obshto.billing.gateways.bank import is_bic, is_iban, spelled_iban
from obshto.billing.settings import BillingSettings
from obshto.platform.clock import today
from obshto.platform.web.forms import (
    DayField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)
from obshto.platform.web.language import SOURCE

NAME, PURPOSE, REASON, REFERENCE = 120, 140, 300, 60
HOLDER, BANK, COUNTER = 70, 70, 200


def _some() -> NumberRange:
    return NumberRange(min=1, message=_("Въведете сума, по-голяма от нула"))


class ChargeForm(FlaskForm):
    """Something to be paid that no service of the portal asks for."""

    request_id = UuidField(default=uuid4)
    # The library's own complaint is in English.
    kind = SelectField(_("За какво е приходът"), validate_choice=False, render_kw={"lang": SOURCE})
    purpose = StringField(
        _("За какво плаща човекът"),
        [DataRequired(_("Напишете за какво е плащането")), at_most(PURPOSE)],
    )
    cents = EuroField(_("Сума"), [InputRequired(_("Въведете сума като 12,50")), _some()])
    payer = StringField(_("Име на платеца"), [Optional(), at_most(NAME)])

    def validate_kind(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in self.kind.choices}:
            raise ValidationError(_("Изберете за какво е приходът"))

    def offer(self, kinds: list[Kind]) -> None:
        """What the municipality can charge for."""
        self.kind.choices = [
            SelectChoice(str(kind.id), f"{kind.code} – {kind.title}") for kind in kinds
        ]


class TransferForm(FlaskForm):
    """A line of the bank's statement."""

    request_id = UuidField(default=uuid4)
    cents = EuroField(
        _("Колко пари са дошли"), [InputRequired(_("Въведете сума като 12,50")), _some()]
    )
    reference = StringField(
        _("Номер на превода в извлечението"),
        [DataRequired(_("Въведете номера на превода")), at_most(REFERENCE)],
    )
    received_on = DayField(
        _("Кога са дошли парите"), [InputRequired(_("Въведете кога са дошли парите"))]
    )

    def validate_received_on(self, field: DayField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Въведете ден, който вече е минал"))


class RefundForm(FlaskForm):
    """How much goes back, and why."""

    request_id = UuidField(default=uuid4)
    cents = EuroField(
        _("Колко да се върне"), [InputRequired(_("Въведете сума като 12,50")), _some()]
    )
    reason = StringField(
        _("Защо се връщат парите"),
        [DataRequired(_("Напишете защо се връщат парите")), at_most(REASON)],
    )


class NewKindForm(FlaskForm):
    """A kind of income that was not there."""

    request_id = UuidField(default=uuid4)
    code = StringField(
        _("Код за вид плащане"),
        [
            DataRequired(_("Въведете кода с 6 цифри")),
            Regexp(r"^\s*[0-9]{6}\s*$", message=_("Въведете кода с 6 цифри")),
        ],
    )
    title = StringField(_("Име"), [DataRequired(_("Въведете име")), at_most(NAME)])


class KindForm(FlaskForm):
    """What may change of a kind of income."""

    expected_version = ExpectedVersionField()
    title = StringField(_("Име"), [DataRequired(_("Въведете име")), at_most(NAME)])
    is_active = BooleanField(_("Използва се за нови плащания"))


class AccountForm(FlaskForm):
    """Where transfers go; `expected_version` is the state of these settings."""

    expected_version = ExpectedVersionField()
    holder = StringField(_("Титуляр на сметката"), [Optional(), at_most(HOLDER)])
    iban = StringField(_("Номер на сметката"), [Optional()])
    bic = StringField(_("Код на банката"), [Optional()])
    bank = StringField(_("Банка"), [Optional(), at_most(BANK)])
    counter = StringField(_("Къде и кога работи касата"), [Optional(), at_most(COUNTER)])

    def validate_iban(self, field: StringField) -> None:
        if field.data and not is_iban(spelled_iban(field.data)):
            raise ValidationError(
                _("Проверете номера на сметката. Има 22 знака и започва с кода на България.")
            )

    def validate_bic(self, field: StringField) -> None:
        if field.data and not is_bic(spelled_iban(field.data)):
            raise ValidationError(_("Проверете кода на банката. Има 8 или 11 знака."))

    def settings(self) -> BillingSettings:
        """As it will be kept."""
        return BillingSettings(
            holder=(self.holder.data or "").strip(),
            iban=spelled_iban(self.iban.data or ""),
            bic=spelled_iban(self.bic.data or ""),
            bank=(self.bank.data or "").strip(),
            counter=(self.counter.data or "").strip(),
        )
