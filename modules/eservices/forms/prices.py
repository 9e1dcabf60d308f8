"""Forms about money and time: how fast, how a service is offered here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.eservices.forms.acts import printable
from obshto.modules.eservices.models import Offer
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms
from obshto.modules.eservices.services.prices import DEARER, LAW, SPEEDS, Price
from obshto.platform.amounts import cents_of, typed_as
from obshto.platform.legal.terms import Term
from obshto.platform.settings.forms import NumberField
from obshto.platform.web.formats import day, euro
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    at_most,
)

NO_DAYS, NO_PERCENT = _("Въведете число от 1 до 30"), _("Въведете число от 0 до 100")
TOO_LITTLE = _(
    "Законът иска отстъпка поне %(least)s %%, ако услугата през портала струва по-малко на"
    " общината. Въведете 0, ако не струва по-малко."
)
NO_YEARS = _("Въведете число от 1 до 50")
DAYS, YEARS = NumberRange(1, 30, NO_DAYS), NumberRange(1, 50, NO_YEARS)


TYPED = (
    *("is_online", "official", "fee_kind", "pays_first", "portal_discount"),
    *("needs_second", "bring", "keep_years", "keep_law"),
)


def sum_box(words: LazyString) -> StringField:
    """A box for a sum in euro."""
    return StringField(words, [Optional(), at_most(12)])


def days_box(words: LazyString, hint: LazyString | str = "") -> NumberField:
    """A box for the days of a speed."""
    return NumberField(words, [Optional(), DAYS], error=NO_DAYS, description=hint)


def years_box(words: LazyString, hint: LazyString | str = "") -> NumberField:
    """A box for the years for which something is kept."""
    return NumberField(words, [Optional(), YEARS], error=NO_YEARS, description=hint)


class SpeedsForm(FlaskForm):
    """Checks of a form that has boxes for speeds, a fee, and how long something is kept."""

    def validate_fee(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.name.endswith("fee") and cents_of(field.data) is None:
            raise ValidationError(gettext("Въведете сума с цифри, например 12,50"))

    def validate_fast_fee(self, field: Field) -> None:
        """A speed has both, a term and a fee, or neither. Raises ValidationError."""
        self.validate_fee(field)
        speed = field.name.partition("_")[0]
        if not self[f"{speed}_days"].data or not (self[f"{speed}_fee"].data or "").strip():
            raise ValidationError(
                gettext("Въведете и срок, и такса; ако не предлагате тази скорост, изтрийте двете")
            )

    validate_express_fee = validate_fast_fee

    def validate_fast_days(self, field: Field) -> None:
        """Raises ValidationError."""
        self.validate_fast_fee(field)

    def validate_express_days(self, field: Field) -> None:
        """Both or neither, and sooner than the fast one. Raises ValidationError."""
        self.validate_fast_fee(field)
        fast = self["fast_days"].data
        if field.data and fast and field.data >= fast:
            raise ValidationError(
                gettext("Бързата услуга е до %(days)s дни: въведете по-малко", days=fast)
            )

    def validate_keep_years(self, field: Field) -> None:
        """Another term needs its law. Raises ValidationError."""
        if field.data and not (self["keep_law"].data or "").strip():
            raise ValidationError(gettext("Напишете и по кой закон се пази толкова"))

    def speeds(self) -> dict[str, dict[str, Any]]:
        """Days and cents of each speed that was typed."""
        return {
            speed: {
                "days": self[f"{speed}_days"].data,
                "cents": cents_of(self[f"{speed}_fee"].data or ""),
            }
            for speed in DEARER
            if self[f"{speed}_days"].data
        }


def speeds_typed(speeds: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The same as the boxes hold them."""
    typed: dict[str, Any] = {}
    for speed, row in speeds.items():
        typed |= {f"{speed}_fee": typed_as(row["cents"]), f"{speed}_days": row["days"]}
    return typed


class SpeedForm(FlaskForm):
    """At which speed somebody wants it."""

    expected_version = ExpectedVersionField()
    speed = RadioField(_("Колко бързо Ви трябва?"), [DataRequired(_("Изберете отговор"))])

    def offer(self, rows: Sequence[tuple[Price, Term]]) -> None:
        """Each speed in words, with its day and its price."""
        self.speed.choices = [
            SelectChoice(price.speed, _told(price, promised)) for price, promised in rows
        ]


def _told(price: Price, promised: Term) -> str:
    said: str = gettext(
        "%(speed)s: до %(day)s, %(sum)s",
        speed=SPEEDS[price.speed],
        day=day(promised.due_on),
        sum=gettext("таксата не е въведена") if price.cents is None else euro(price.cents),
    )
    return said


def agreed_here() -> str:
    """The price that the page before sending showed."""
    return request.form.get("agreed", "")[:60]


class OfferForm(SpeedsForm):
    """How a service is offered here. Fees are typed in euro."""

    expected_version = ExpectedVersionField()
    is_online = BooleanField(_("Приемаме я и през портала"))
    fee = sum_box(_("Такса в евро"))
    fast_fee = sum_box(_("Бърза услуга: такса в евро"))
    fast_days = days_box(_("Бърза услуга: срок в дни"))
    express_fee = sum_box(_("Експресна услуга: такса в евро"))
    express_days = days_box(_("Експресна услуга: срок в дни"))
    portal_discount = NumberField(
        _("Отстъпка, когато се заявява през портала, в проценти"),
        [Optional(), NumberRange(0, 100, NO_PERCENT)],
        error=NO_PERCENT,
    )
    fee_kind = ChoiceField(_("Вид приход, по който се плаща"))
    pays_first = BooleanField(_("Първо се плаща, после се издава документът"))
    official = StringField(_("Кой подписва"), [Optional(), at_most(120), printable])
    needs_second = BooleanField(_("Решението се подписва от двама"))
    bring = TextAreaField(_("Още документи, които се искат"), [Optional(), at_most(1000)])
    keep_years = years_box(_("Колко години се пази подаденото"))
    keep_law = StringField(_("По кой закон се пази толкова"), [Optional(), at_most(200), printable])

    def offer(self, kinds: Mapping[str, str]) -> None:
        """The kinds of income to choose from; without one the fee is paid at the counter."""
        known = {self.fee_kind.data: self.fee_kind.data} if self.fee_kind.data else {}
        self.fee_kind.choices = [SelectChoice("", _("Не се плаща през портала"))] + [
            SelectChoice(code, title) for code, title in (known | dict(kinds)).items()
        ]

    def validate_portal_discount(self, field: Field) -> None:
        """None, or at least what the law says (ЗЕУ чл. 10а). Raises ValidationError."""
        least = LAW["by_portal"]["least_percent"]
        if field.data and field.data < least:
            raise ValidationError(str(TOO_LITTLE) % {"least": least})

    def terms(self) -> Terms:
        """What was said, once the form is valid."""
        return Terms(
            is_online=self.is_online.data,
            fee_cents=cents_of(self.fee.data or ""),
            official=(self.official.data or "").strip(),
            fee_kind=self.fee_kind.data or "",
            pays_first=self.pays_first.data,
            needs_second=self.needs_second.data,
            bring="\n".join(filter(None, map(str.strip, (self.bring.data or "").splitlines()))),
            keep_years=self.keep_years.data,
            keep_law=(self.keep_law.data or "").strip(),
            portal_discount=self.portal_discount.data or 0,
            speeds=self.speeds(),
        )


def offer_form(said: Offer | None) -> OfferForm:
    """The form as it stands here; empty where nothing was said yet."""
    if said is None:
        return OfferForm(data={"expected_version": UNWRITTEN})
    typed: dict[str, Any] = {name: getattr(said, name) for name in TYPED}
    typed["fee"] = "" if said.fee_cents is None else typed_as(said.fee_cents)
    typed |= speeds_typed(said.speeds)
    return OfferForm(data={"expected_version": said.version, **typed})
