"""What the region's team told a municipality; it stands in the municipality's log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class AboutIncident(DomainEvent):
    """Which municipality it concerns, and the words in Bulgarian."""

    municipality: str
    said: str


@dataclass(frozen=True, kw_only=True)
class IncidentAnnounced(AboutIncident):
    """An incident, or maintenance to come; with the time in which nothing may be changed."""

    name: ClassVar[str] = "incidents:incident.announced"
    label: ClassVar[LazyString] = _("съобщи за авария или профилактика")
    is_read_only: bool


@dataclass(frozen=True, kw_only=True)
class IncidentUpdated(AboutIncident):
    """What is new about it."""

    name: ClassVar[str] = "incidents:incident.updated"
    label: ClassVar[LazyString] = _("съобщи новост за авария или профилактика")
    word: str


@dataclass(frozen=True, kw_only=True)
class ChangesStopped(AboutIncident):
    """From now on nothing may be changed in the municipality."""

    name: ClassVar[str] = "incidents:changes.stopped"
    label: ClassVar[LazyString] = _("спря промените в портала")


@dataclass(frozen=True, kw_only=True)
class ChangesResumed(AboutIncident):
    """It may be again."""

    name: ClassVar[str] = "incidents:changes.resumed"
    label: ClassVar[LazyString] = _("пусна отново промените в портала")
