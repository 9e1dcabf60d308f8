"""Filter of opinions: which of a consultation's stand in a list or are hidden by one act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.queries import IN_ORDER, NUMBERED, UNSHOWN, in_list
from obshto.platform.cases.references import numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionFilter:
    """A list of the staff, narrowed; days are those on which opinions were received.

    A number is sought in all of them. `ids` are those that were ticked, None where none are asked.
    """

    name: str = "all"
    number: str = ""
    channel: str = ""
    since: date | None = None
    until: date | None = None
    group_id: UUID | None = None
    ids: Collection[UUID] | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether it says more than how far answers have come: nobody means to hide them all."""
        return replace(self, name="all") != OpinionFilter() or self.name in ("flagged", "repeated")


def listed(consultation: Consultation, wanted: OpinionFilter) -> Select[Opinion]:
    """Those of a consultation that have a number and match, in order."""
    own = select(Opinion).where(Opinion.consultation_id == consultation.id, NUMBERED)
    own = own.options(*UNSHOWN).order_by(*IN_ORDER)
    if wanted.number:
        return own.where(numbered(Opinion, wanted.number))
    own = own.where(in_list(wanted.name))
    if wanted.channel:
        own = own.where(Opinion.channel == wanted.channel)
    if wanted.since:
        own = own.where(Opinion.received_on >= wanted.since)
    if wanted.until:
        own = own.where(Opinion.received_on <= wanted.until)
    if wanted.group_id:
        own = own.where(Opinion.group_id == wanted.group_id)
    return own if wanted.ids is None else own.where(Opinion.id.in_(wanted.ids))


def hideable(
    consultation: Consultation, wanted: OpinionFilter, *, last: tuple[int, int] | None = None
) -> Select[Opinion]:
    """Those of them that are shown, up to the number (year, sequence) that was the last one."""
    own = listed(consultation, wanted).where(Opinion.hidden_at.is_(None))
    return own.where(tuple_(Opinion.year, Opinion.sequence) <= last) if last else own
