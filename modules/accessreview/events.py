"""Domain events of the review of access; whose role it was is told by an event of tenants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AccessReviewBegun(DomainEvent):
    """The subject is the review."""

    name: ClassVar[str] = "accessreview:review.begun"
    label: ClassVar[LazyString] = lazy_gettext("започна преглед на достъпа")
    subject_id: UUID
    lines: int


@dataclass(frozen=True, kw_only=True)
class ReviewRoleTaken(DomainEvent):
    """The subject is the line; whose role it was stands in „tenants:role.taken“ beside it."""

    name: ClassVar[str] = "accessreview:role.taken"
    label: ClassVar[LazyString] = lazy_gettext("отне роля при преглед на достъпа")
    subject_id: UUID
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccessReviewEnded(DomainEvent):
    """The subject is the review; so many lines of each decision."""

    name: ClassVar[str] = "accessreview:review.ended"
    label: ClassVar[LazyString] = lazy_gettext("приключи преглед на достъпа")
    subject_id: UUID
    kept: int
    taken: int
    gone: int
    own: int


EVENTS = (AccessReviewBegun, ReviewRoleTaken, AccessReviewEnded)
