"""The two series of numbers that applications and documents are given."""

from __future__ import annotations

from obshto.modules.eservices.models import Counter
from obshto.platform.cases import numbers
from obshto.platform.unit_of_work import UnitOfWork

ENTRY, OUTGOING = "entry", "outgoing"


def next_number(uow: UnitOfWork, kind: str) -> tuple[int, int]:
    """Year and number of a series, without a gap."""
    return numbers.next_number(uow, Counter, kind)
