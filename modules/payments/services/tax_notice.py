"""All that the page of a notice shows, to whoever looks at it."""

from __future__ import annotations

from obshto.modules.payments.models import Payer
from obshto.modules.payments.services.bundles import bundles_of
from obshto.modules.payments.services.obligations import obligations_of, owed_of
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import cashier


def shown_of(uow: UnitOfWork, payer: Payer) -> dict[str, object]:
    """What is owed today, what was paid; how each stands the cashier says. Eight queries."""
    obligations = obligations_of(uow, payer)
    bundles = bundles_of(uow, payer)
    return {
        "payer": payer,
        "owed": owed_of(uow, obligations, day_of(uow.now)),
        "titles": cashier().kinds(uow),
        "bundles": bundles,
        "bills": cashier().find(uow, [bundle.reference for bundle in bundles]),
    }
