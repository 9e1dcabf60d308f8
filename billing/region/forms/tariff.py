"""The form of a version of the formula: its questions follow from the modules that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, IntegerField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from obshto.billing.forms import EuroField
from obshto.billing.region.forms.plain import NAME, TEXT, months
from obshto.billing.sharing.members import all_titles
from obshto.billing.sharing.tariff_terms import Metered, Plan, Rate, Terms
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)
from obshto.platform.web.language import SOURCE

PLANS = ("1", "2", "3")
MUCH = 100_000


class TariffForm(FlaskForm):
    """What every version says; `tariff_form` adds a question for each module."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    in_force_on = ChoiceField(_("От кой месец важи"))
    base = EuroField(
        _("Обща сума за година, която общините делят поравно"),
        [InputRequired(_("Въведете сума като 12,50"))],
    )
    population = EuroField(
        _("Обща сума за година, която общините делят според жителите"),
        [InputRequired(_("Въведете сума като 12,50"))],
    )

    def terms(self) -> Terms:
        """As it will be kept. A module without a price costs nothing."""
        prices = {slug: self[f"module_{slug}"].data for slug in all_titles()}
        meters = {
            one: Rate(cents=self[f"{one}_price"].data or 0, free=self[f"{one}_free"].data or 0)
            for one in Metered
        }
        return Terms(
            base_cents=self.base.data,
            population_cents=self.population.data,
            modules={slug: cents for slug, cents in prices.items() if cents},
            meters=meters,
            plans=tuple(self._plans()),
        )

    def _plans(self) -> Iterator[Plan]:
        """A plan without a name is none."""
        for code in PLANS:
            if title := (self[f"plan_{code}_title"].data or "").strip():
                yield Plan(
                    code=code,
                    title=title,
                    has_all=bool(self[f"plan_{code}_all"].data),
                    modules=frozenset(self[f"plan_{code}_modules"].data or ()),
                )


def tariff_form(*, first: date, terms: Terms, **more: Any) -> TariffForm:
    """Filled in with these terms; the month is one of those from `first` on."""
    made: TariffForm = type("Tariff", (TariffForm,), _questions())(data=_data(terms) | more)
    made.in_force_on.choices = months(first)
    return made


def _questions() -> dict[str, Field]:
    """In the order in which they are asked."""
    asked: dict[str, Field] = {}
    for slug, title in all_titles().items():
        asked[f"module_{slug}"] = EuroField(
            _("Модул „%(title)s“ за месец", title=title), [Optional()]
        )
    for one in Metered:
        asked[f"{one}_price"] = EuroField(
            _("%(meter)s: цена %(unit)s", meter=one.label, unit=one.unit), [Optional()]
        )
        asked[f"{one}_free"] = IntegerField(
            _("%(meter)s: колко за месец са безплатни", meter=one.label),
            [Optional(), NumberRange(0, MUCH, _("Въведете число от 0 до 100 000"))],
        )
    for code in PLANS:
        asked |= _of_plan(code)
    asked["reason"] = StringField(
        _("Защо се променя"),
        [DataRequired(_("Напишете защо: общините ще го прочетат")), at_most(TEXT)],
        render_kw={"lang": SOURCE},
    )
    return asked


def _of_plan(code: str) -> Mapping[str, Field]:
    modules = [SelectChoice(slug, title) for slug, title in all_titles().items()]
    return {
        f"plan_{code}_title": StringField(
            _("План %(n)s: име", n=code),
            [Optional(), at_most(NAME)],
            description=_("Оставете празно, ако няма такъв план"),
            render_kw={"lang": SOURCE},
        ),
        f"plan_{code}_all": BooleanField(_("План %(n)s: всички модули, и бъдещите", n=code)),
        f"plan_{code}_modules": ChoicesField(_("План %(n)s: модули", n=code), choices=modules),
    }


def _data(terms: Terms) -> dict[str, Any]:
    told: dict[str, Any] = {"base": terms.base_cents, "population": terms.population_cents}
    told |= {f"module_{slug}": cents for slug, cents in terms.modules.items()}
    for one in Metered:
        told |= {f"{one}_price": terms.rate(one).cents, f"{one}_free": terms.rate(one).free}
    for plan in terms.plans:
        told |= {
            f"plan_{plan.code}_title": plan.title,
            f"plan_{plan.code}_all": plan.has_all,
            f"plan_{plan.code}_modules": sorted(plan.modules),
        }
    return told
