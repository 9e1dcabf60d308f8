"""What a version of the formula says: plain data, the same for all municipalities."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class Metered(StrEnum):
    """What is paid by how much of it is used. `per` counted units make one that is paid."""

    label: LazyString
    unit: LazyString
    per: int

    def __new__(cls, value: str, label: LazyString, unit: LazyString, per: int) -> Metered:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.unit, member.per = label, unit, per
        return member

    SMS = "sms", _("Кратки съобщения"), _("за съобщение"), 1
    STORAGE = "storage", _("Място за данни"), _("за гигабайт"), 1024  # counted in MB
    HELP = "help", _("Помощ от екипа"), _("за час"), 60  # counted in minutes


METERS: dict[str, Metered] = {metered.value: metered for metered in Metered}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Cents for each unit beyond the `free` ones of a month."""

    cents: int = 0
    free: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which modules a municipality may switch on; `has_all` means those to come, too."""

    code: str
    title: str
    has_all: bool = False
    modules: frozenset[str] = frozenset()

    def has(self, module: str) -> bool:
        return self.has_all or module in self.modules

    def outside(self, modules: Collection[str]) -> frozenset[str]:
        """Those of them that the plan does not carry."""
        return frozenset(module for module in modules if not self.has(module))


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Cents without VAT. The first two are for a year, of all municipalities together.

    `base_cents` is shared by all alike, `population_cents` by how many people live there;
    `modules` is the price of a module for a month, `meters` of what is used.
    """

    base_cents: int = 0
    population_cents: int = 0
    modules: Mapping[str, int] = field(default_factory=dict)
    meters: Mapping[Metered, Rate] = field(default_factory=dict)
    plans: tuple[Plan, ...] = ()

    def plan(self, code: str) -> Plan | None:
        return next((plan for plan in self.plans if plan.code == code), None)

    def rate(self, metered: Metered) -> Rate:
        return self.meters.get(metered, Rate())

    @property
    def row(self) -> dict[str, Any]:
        """As it is kept, and as it is given to programs."""
        return {
            "base_cents": self.base_cents,
            "population_cents": self.population_cents,
            "modules": dict(sorted(self.modules.items())),
            "meters": {
                metered.value: {"cents": rate.cents, "free": rate.free}
                for metered, rate in self.meters.items()
            },
            "plans": list(self._plans()),
        }

    def _plans(self) -> Iterator[dict[str, Any]]:
        for plan in self.plans:
            told = {"code": plan.code, "title": plan.title, "has_all": plan.has_all}
            yield told | {"modules": sorted(plan.modules)}


def terms_of(row: Mapping[str, Any]) -> Terms:
    """Back from what is kept."""
    return Terms(
        base_cents=row["base_cents"],
        population_cents=row["population_cents"],
        modules=row["modules"],
        meters={METERS[word]: Rate(**rate) for word, rate in row["meters"].items()},
        plans=tuple(
            Plan(**{**plan, "modules": frozenset(plan["modules"])}) for plan in row["plans"]
        ),
    )
