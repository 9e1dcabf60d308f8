"""What a service costs and by when it is done: by speed, by channel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.models import Offer
from obshto.modules.eservices.services.answers import rule_for
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.fragments import DATA
from obshto.platform.cases.channels import PORTAL
from obshto.platform.legal.terms import RULES, Term, roll, rule_of, term
from obshto.platform.questionnaires.answers import Answers, counting

LAW: Mapping[str, Any] = json.loads((DATA / "fees.json").read_text("utf-8"))
ORDINARY, FAST, EXPRESS = "ordinary", "fast", "express"
SPEEDS: Mapping[str, LazyString] = {
    ORDINARY: lazy_gettext("Обикновена"),
    FAST: lazy_gettext("Бърза"),
    EXPRESS: lazy_gettext("Експресна"),
}
DEARER = (FAST, EXPRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One row of the price list, in cents; `cents` is empty where the fee is not known.

    `days` is the council's own term of this speed; the ordinary one has the term of the law.
    """

    speed: str
    days: int | None
    full_cents: int | None
    cents: int | None

    @property
    def spared_cents(self) -> int:
        """How much less it is than at the counter."""
        return (self.full_cents or 0) - (self.cents or 0)


def prices_of(offer: Offer | None, channel: str) -> list[Price]:
    """Every speed at which it is offered here, the ordinary one first."""
    if offer is None:
        return [Price(speed=ORDINARY, days=None, full_cents=None, cents=None)]
    rows = [(ORDINARY, None, offer.fee_cents)]
    rows += [
        (speed, offer.speeds[speed]["days"], offer.speeds[speed]["cents"])
        for speed in DEARER
        if speed in offer.speeds
    ]
    percent = offer.portal_discount if channel == PORTAL else 0
    return [
        Price(speed=speed, days=days, full_cents=cents, cents=_lowered(cents, percent))
        for speed, days, cents in rows
    ]


def price_of(offer: Offer | None, channel: str, speed: str) -> Price:
    """The price at one speed; of a speed that is offered no more, the ordinary one."""
    prices = prices_of(offer, channel)
    return next((price for price in prices if price.speed == speed), prices[0])


def price_for(
    definition: Definition, answers: Answers, offer: Offer | None, channel: str, speed: str
) -> Price:
    """The same for these answers: where the fee is calculated of them, the ordinary one is that.

    Below zero it is nothing; `cents` is empty while it cannot be calculated.
    """
    price = price_of(offer, channel, speed)
    if definition.fee is None or not definition.fee.calculated or price.speed != ORDINARY:
        return price
    value = counting(definition.questions, answers).get(definition.fee.calculated)
    cents = max(int(Decimal(value) * 100), 0) if value else None
    percent = offer.portal_discount if offer and channel == PORTAL else 0
    return replace(price, full_cents=cents, cents=_lowered(cents, percent))


def promised(rule: str, *, starts_on: date, speed: str = ORDINARY, days: int | None = None) -> Term:
    """By when it is done: the term of the law, or the council's shorter one for this speed."""
    by_law = term(rule, starts_on=starts_on)
    if days is None or speed not in DEARER:
        return by_law
    end = starts_on + timedelta(days=days)
    if end >= by_law.counted_to:
        return by_law
    words = LAW["speed"]["why"][speed]
    return Term(
        due_on=roll(end),
        starts_on=starts_on,
        counted_to=end,
        article=LAW["speed"]["article"],
        why={language: text % {"n": days} for language, text in words.items()},
    )


def extended(rule: str, base: Term) -> Term:
    """The term made longer by a rule of the law, for its own reasons (АПК чл. 57, ал. 5, 7)."""
    law = RULES[rule]
    end = base.counted_to + timedelta(days=law.get("extend_days", 0))
    if "months" in law:
        end = term(rule, starts_on=base.starts_on).counted_to
    return Term(
        due_on=roll(end),
        starts_on=base.starts_on,
        counted_to=end,
        article=law["article"],
        why=law["why"],
    )


def falls_with_delay(definition: Definition, answers: Answers) -> bool:
    """Whether it is a technical service: by the term that the council sets, or by its fee.

    A permit to build has its own term (ЗУТ чл. 148, ал. 4) and a fee of ЗМДТ чл. 107, т. 8.
    """
    fee, rule = definition.fee, rule_of(rule_for(definition, answers))
    return bool(rule.get("lowers_fee") or (fee and fee.article.startswith(LAW["late"]["fees_of"])))


def lowered_for_delay(cents: int, late_days: int) -> int:
    """How much the law takes off: one percent for each day, at most thirty (ЗМДТ чл. 109)."""
    law = LAW["late"]
    percent: int = min(late_days * law["percent_a_day"], law["most_percent"])
    return _share(cents, percent)


def _lowered(cents: int | None, percent: int) -> int | None:
    """Less by so much, but by no more than the law lets (ЗЕУ чл. 10а).

    A part of a cent is the person's: less than the least share would break the law.
    """
    if cents is None:
        return None
    most: int = LAW["by_portal"]["most_cents"]
    return cents - min(-(-cents * percent // 100), most)


def _share(cents: int, percent: int) -> int:
    """So much of a hundred, in whole cents, the half one up."""
    return (cents * percent + 50) // 100
