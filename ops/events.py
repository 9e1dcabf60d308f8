"""What the region's team does to a municipality; it stands in the municipality's log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class MunicipalityRestored(DomainEvent):
    """What was restored from a backup took the place of the living municipality."""

    name: ClassVar[str] = "ops:municipality.restored"
    label: ClassVar[LazyString] = _("върна общината към резервно копие")
    municipality: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MunicipalityPutBack(DomainEvent):
    """What the restored one had replaced lives again."""

    name: ClassVar[str] = "ops:municipality.put-back"
    label: ClassVar[LazyString] = _("върна общината както беше преди резервното копие")
    municipality: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class JobRetried(DomainEvent):
    """A background job that had failed, or waited, is tried at once."""

    name: ClassVar[str] = "ops:job.retried"
    label: ClassVar[LazyString] = _("пусна отново фонова задача")
    municipality: str | None
    job: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class JobDiscarded(DomainEvent):
    """A background job will not be done."""

    name: ClassVar[str] = "ops:job.discarded"
    label: ClassVar[LazyString] = _("отмени фонова задача")
    municipality: str | None
    job: str
    reason: str
