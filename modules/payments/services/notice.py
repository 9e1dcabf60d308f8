"""All that the page of a notice shows, to whoever looks at it."""

from __future__ import annotations

from obshto.modules.payments.models import Payer
from obshto.modules.payments.services.bundles import bundles_of
from obshto.modules.payments.services.owing import obligations_of, owed_of
from obshto.platform.clock import day_of
from obshto.platform.work import Work
from obshto.tenants.ports import cashier


def shown_of(work: Work, payer: Payer) -> dict[str, object]:
    """What is owed today, what was paid; how each stands the cashier says. Eight queries."""
    obligations = obligations_of(work, payer)
    bundles = bundles_of(work, payer)
    return {
        "payer": payer,
        "owed": owed_of(work, obligations, day_of(work.now)),
        "titles": cashier().kinds(work),
        "bundles": bundles,
        "bills": cashier().find(work, [bundle.reference for bundle in bundles]),
    }
