"""What happens to money. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ChargeFact(DomainEvent):
    """`subject_id` is the charge, `reference` what its maker calls it, `cents` what it is about."""

    reference: str
    cents: int


class ChargeMade(ChargeFact):
    name: ClassVar[str] = "billing:charge.made"
    label: ClassVar[LazyString] = lazy_gettext("Въведено задължение")


class ChargeCancelled(ChargeFact):
    name: ClassVar[str] = "billing:charge.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отменено задължение")


class PaymentReceived(ChargeFact):
    """Money has come for a charge: all of it, a part, or too much."""

    name: ClassVar[str] = "billing:payment.received"
    label: ClassVar[LazyString] = lazy_gettext("Получено плащане")


class PaymentReversed(ChargeFact):
    """Taken at the counter, or booked from a statement, by mistake; the charge is owed again."""

    name: ClassVar[str] = "billing:payment.reversed"
    label: ClassVar[LazyString] = lazy_gettext("Сторнирано плащане")


class ChargePaid(ChargeFact):
    """Nothing is owed any more."""

    name: ClassVar[str] = "billing:charge.paid"
    label: ClassVar[LazyString] = lazy_gettext("Платено задължение")


class ChargeReopened(ChargeFact):
    """It was paid and is owed again: the payment was reversed, or the bank took it back."""

    name: ClassVar[str] = "billing:charge.reopened"
    label: ClassVar[LazyString] = lazy_gettext("Задължението отново се дължи")


class ChargeFailed(ChargeFact):
    """An attempt to pay has ended without money. Another may follow, a late success too."""

    name: ClassVar[str] = "billing:charge.failed"
    label: ClassVar[LazyString] = lazy_gettext("Неуспешно плащане")


class RefundAsked(ChargeFact):
    name: ClassVar[str] = "billing:refund.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискано връщане на пари")


class RefundApproved(ChargeFact):
    name: ClassVar[str] = "billing:refund.approved"
    label: ClassVar[LazyString] = lazy_gettext("Одобрено връщане на пари")


class RefundRefused(ChargeFact):
    name: ClassVar[str] = "billing:refund.refused"
    label: ClassVar[LazyString] = lazy_gettext("Отказано връщане на пари")


class RefundFailed(ChargeFact):
    """The provider could not give the money back; somebody must look."""

    name: ClassVar[str] = "billing:refund.failed"
    label: ClassVar[LazyString] = lazy_gettext("Неуспешно връщане на пари")


class ChargeRefunded(ChargeFact):
    name: ClassVar[str] = "billing:charge.refunded"
    label: ClassVar[LazyString] = lazy_gettext("Върнати пари")


class DisputeOpened(ChargeFact):
    name: ClassVar[str] = "billing:dispute.opened"
    label: ClassVar[LazyString] = lazy_gettext("Оспорено плащане")


class DisputeClosed(ChargeFact):
    name: ClassVar[str] = "billing:dispute.closed"
    label: ClassVar[LazyString] = lazy_gettext("Приключен спор за плащане")


@dataclass(frozen=True, kw_only=True)
class DayClosed(DomainEvent):
    """A cashier has counted; `difference` is counted less expected, in cents."""

    name: ClassVar[str] = "billing:day.closed"
    label: ClassVar[LazyString] = lazy_gettext("Приключена каса")

    difference: int


class KindChanged(DomainEvent):
    name: ClassVar[str] = "billing:kind.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен вид приход")


EVENTS = (
    ChargeMade,
    ChargeCancelled,
    PaymentReceived,
    PaymentReversed,
    ChargePaid,
    ChargeReopened,
    ChargeFailed,
    RefundAsked,
    RefundApproved,
    RefundRefused,
    RefundFailed,
    ChargeRefunded,
    DisputeOpened,
    DisputeClosed,
    DayClosed,
    KindChanged,
)
