"""Series of numbers that applications, documents and powers of attorney are given."""

from __future__ import annotations

from obshto.modules.eservices.models import Counter
from obshto.platform.cases import numbers
from obshto.platform.unit_of_work import UnitOfWork

ENTRY, OUTGOING, POWER = "entry", "outgoing", "power"


def next_number(uow: UnitOfWork, kind: str) -> tuple[int, int]:
    """Year and number of a series, without a gap."""
    return numbers.next_number(uow, Counter, kind)
