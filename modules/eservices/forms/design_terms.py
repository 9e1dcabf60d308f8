"""Form of the service designer about time and money: term, speeds, fee, how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from obshto.modules.eservices.forms.acts import printable
from obshto.modules.eservices.forms.designer import WORDS, DesignForm, no_braces
from obshto.modules.eservices.forms.prices import (
    SpeedsForm,
    days_box,
    speeds_typed,
    sum_box,
    years_box,
)
from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.design.kinds import CALCULATED_SUM, kind_of
from obshto.platform.amounts import cents_of, typed_as
from obshto.platform.legal.terms import DAYS, RULES, WORKDAYS, is_rule
from obshto.platform.settings.forms import NumberField
from obshto.platform.web.forms import ChoiceField, NumberRange, at_most
from obshto.platform.web.language import SOURCE

# Rules by which a service is decided; each with the procedure that it belongs to.
PROCEDURE_OF: Mapping[str, str] = {
    "apk_general": "apk",
    "apk_certifying": "apk",
    "on_the_spot": "apk",
    "zmdt_technical": "apk",
    "dopk_document": "dopk",
}
# Of the form, what stands in the offer once the service was published.
OF_OFFER = (
    *("fee", "fast_fee", "fast_days", "express_fee", "express_days", "fee_kind", "pays_first"),
    *("official", "needs_second", "keep_years", "keep_law"),
)


class TermsForm(DesignForm, SpeedsForm):
    """Term, speeds, fee, how long it is kept.

    After the first publishing all but the term is changed among the offers of all services.
    """

    rule = ChoiceField(_("Срок по закон"))
    own_days = NumberField(
        _("По-кратък срок на общината"),
        [Optional(), NumberRange(1, 60, _("Въведете число от 1 до 60"))],
        error=_("Въведете число от 1 до 60"),
        description=_("Оставете празно, ако важи срокът по закон. Той никога не се минава."),
    )
    own_kind = ChoiceField(
        _("В какви дни се брои по-краткият срок?"),
        choices=[
            SelectChoice(WORKDAYS, _("работни дни")),
            SelectChoice(DAYS, _("календарни дни")),
        ],
    )
    fee = StringField(
        _("Такса в евро"),
        [Optional(), at_most(12)],
        description=_("Например 12,50. Нула значи без такса. Празно: не я знаете още."),
    )
    fast_fee = sum_box(_("Бърза услуга: такса в евро"))
    fast_days = days_box(
        _("Бърза услуга: срок в дни"),
        _("Календарни дни. Оставете таксата и срока празни, ако няма бърза услуга."),
    )
    express_fee = sum_box(_("Експресна услуга: такса в евро"))
    express_days = days_box(_("Експресна услуга: срок в дни"))
    fee_article = StringField(
        _("Основание на таксата"),
        [Optional(), *WORDS],
        description=_("Наредбата или решението, с което е определена"),
    )
    fee_from = ChoiceField(
        _("Таксата се взема от"),
        description=_("Изчислена сума: направете я при въпросите. Тя замества сумата по-горе."),
    )
    fee_kind = ChoiceField(_("Вид приход, по който се плаща"))
    pays_first = BooleanField(_("Първо се плаща, после се издава документът"))
    official = StringField(
        _("Кой подписва, по име"), [Optional(), at_most(120), printable, no_braces]
    )
    needs_second = BooleanField(_("Решението се одобрява от втори служител"))
    keep_years = years_box(
        _("Колко години се пази подаденото"), _("След края на преписката. Ако е празно, 5 години.")
    )
    keep_law = StringField(
        _("По кой закон се пази толкова"),
        [Optional(), *WORDS],
        description=_("Например: ЗСч, чл. 12; номенклатура на делата, № 14"),
    )

    def offer(
        self, rules: Mapping[str, str], kinds: Mapping[str, str], sums: Mapping[str, str]
    ) -> TermsForm:
        """The rules, kinds of income and calculated sums to choose from."""
        self.fee_from.choices = [SelectChoice("", _("сумата по-горе"))] + [
            SelectChoice(name, words) for name, words in sums.items()
        ]
        self.rule.choices = [SelectChoice(key, words) for key, words in rules.items()]
        self.fee_kind.choices = [SelectChoice("", _("Не се плаща през портала"))] + [
            SelectChoice(code, title) for code, title in kinds.items()
        ]
        return self

    def validate_fast_days(self, field: Field) -> None:
        """Both or neither, and sooner than the ordinary one. Raises ValidationError."""
        super().validate_fast_days(field)
        law = RULES.get(self.rule.data or "", {}).get("days")
        own = self.own_days.data if self.own_kind.data == DAYS else None
        most = min(filter(None, (law, own)), default=None)
        if field.data and most is not None and field.data >= most:
            raise ValidationError(
                gettext("Обикновената услуга е до %(days)s дни: въведете по-малко", days=most)
            )

    def change(self, design: Design, *, with_offer: bool) -> None:
        """Write it into the design; a conditional term of a copied service stays as it is."""
        rule, days = self.rule.data, self.own_days.data
        if rule in PROCEDURE_OF or is_rule(rule):
            design["term"] = f"{rule}:{days}:{self.own_kind.data}" if days else rule
            design["procedure"] = PROCEDURE_OF.get(rule, design["procedure"])
        article, source = (self.fee_article.data or "").strip(), self.fee_from.data
        if article or source or design.get("fee"):
            kept = {k: v for k, v in design.get("fee", {}).items() if k != "calculated"}
            design["fee"] = {**kept, "article": article or kept.get("article", "")}
            design["fee"] |= {"calculated": source} if source else {}
        if with_offer:
            design["offer"] = {
                "fee_cents": cents_of(self.fee.data or ""),
                "fee_kind": self.fee_kind.data or "",
                "pays_first": self.pays_first.data,
                "official": (self.official.data or "").strip(),
                "needs_second": self.needs_second.data,
                "speeds": self.speeds(),
                "keep_years": self.keep_years.data,
                "keep_law": (self.keep_law.data or "").strip(),
            }


def rules_offered(design: Design, language: str) -> dict[str, str]:
    """The rules of a term in words; of a copied service its own stays first."""
    told = {key: f"{RULES[key]['why'][language]} ({RULES[key]['article']})" for key in PROCEDURE_OF}
    term = design["term"]
    if not isinstance(term, str):
        return {"": gettext("Както в образеца: според отговорите"), **told}
    base = term.partition(":")[0]
    return {base: f"{RULES[base]['why'][language]} ({RULES[base]['article']})", **told}


def terms_typed(design: Design) -> dict[str, Any]:
    """The design as the boxes of the form hold it."""
    term, offer = design["term"], design.get("offer", {})
    base, _colon, own = (term if isinstance(term, str) else "").partition(":")
    days, _colon, kind = own.partition(":")
    cents = offer.get("fee_cents")
    return {
        **{name: offer[name] for name in offer if name not in {"fee_cents", "speeds"}},
        **speeds_typed(offer.get("speeds", {})),
        "rule": base,
        "own_days": int(days) if days else None,
        "own_kind": kind or WORKDAYS,
        "fee": "" if cents is None else typed_as(cents),
        "fee_article": design.get("fee", {}).get("article", ""),
        "fee_from": design.get("fee", {}).get("calculated", ""),
    }


def sums_offered(design: Design) -> dict[str, str]:
    """The calculated sums of which one may be the fee."""
    return {
        name: field["label"][SOURCE]
        for name, field in design["fields"].items()
        if kind_of(field) == CALCULATED_SUM
    }
