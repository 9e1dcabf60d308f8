"""Events of votes. Names and keys are fixed: others react to them.

There is no event of a ballot: it would tell when, and the log would keep it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class VotingFact(DomainEvent):
    """The vote and its title, both public words."""

    subject_id: UUID
    title: str
    is_public: ClassVar[bool] = True


class ElectionAnnounced(VotingFact):
    """The board has begun."""

    name: ClassVar[str] = "voting:election.announced"
    label: ClassVar[LazyString] = lazy_gettext("Обявено допитване")


class ElectionChanged(VotingFact):
    """Something else of it can be read."""

    name: ClassVar[str] = "voting:election.changed"
    label: ClassVar[LazyString] = lazy_gettext("Стъпка по допитване")


class CodeVoided(VotingFact):
    """A letter's code may not vote; which one is on the public list alone."""

    name: ClassVar[str] = "voting:code.voided"
    label: ClassVar[LazyString] = lazy_gettext("Анулиран код от писмо")


class ElectionEnded(VotingFact):
    """The board takes no ballots any more."""

    name: ClassVar[str] = "voting:election.ended"
    label: ClassVar[LazyString] = lazy_gettext("Приключило допитване")


class ElectionCounted(VotingFact):
    """The result can be read."""

    name: ClassVar[str] = "voting:election.counted"
    label: ClassVar[LazyString] = lazy_gettext("Преброено допитване")


class CeremonyPractised(VotingFact):
    """The trustees of a draft have been through keys and opening once."""

    name: ClassVar[str] = "voting:ceremony.practised"
    label: ClassVar[LazyString] = lazy_gettext("Отбелязана проба на пазителите")
    is_public: ClassVar[bool] = False


EVENTS = (
    *(ElectionAnnounced, ElectionChanged, CodeVoided, ElectionEnded, ElectionCounted),
    CeremonyPractised,
)
