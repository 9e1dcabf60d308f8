"""Staff pages of services."""

from obshto.modules.eservices.console import (
    approvals,
    case_actions,
    counter,
    decision,
    delivery,
    design_cases,
    design_release,
    designer,
    dogs,
    inheritance,
    offers,
    oversight,
    papers,
    queue,
    renewals,
    seal_pages,
    second_signature,
)
from obshto.modules.eservices.console.blueprint import console

__all__ = [
    "approvals",
    "case_actions",
    "console",
    "counter",
    "decision",
    "design_cases",
    "design_release",
    "designer",
    "dogs",
    "inheritance",
    "delivery",
    "offers",
    "oversight",
    "papers",
    "queue",
    "renewals",
    "seal_pages",
    "second_signature",
]
