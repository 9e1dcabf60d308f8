"""What happens to the formula and its plans. An act upon one municipality stands in its log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class TariffFact(DomainEvent):
    """`subject_id` is the version, `in_force_on` the day from which it holds."""

    in_force_on: str


class TariffWritten(TariffFact):
    name: ClassVar[str] = "billing:tariff.written"
    label: ClassVar[LazyString] = _("Нова версия на формулата за разходите")


class TariffChanged(TariffFact):
    name: ClassVar[str] = "billing:tariff.changed"
    label: ClassVar[LazyString] = _("Променена формула за разходите, която още не важи")


@dataclass(frozen=True, kw_only=True)
class PlanChosen(DomainEvent):
    """From a month on a municipality shares by a plan."""

    name: ClassVar[str] = "billing:plan.chosen"
    label: ClassVar[LazyString] = _("Избран план за общината")

    municipality: str
    plan: str
    since: str


EVENTS = (TariffWritten, TariffChanged, PlanChosen)
