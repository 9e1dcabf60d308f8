"""Domain events of the council. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CouncilFact(DomainEvent):
    """`subject_id` is the row. Everything here is public."""

    is_public: ClassVar[bool] = True
    subject_id: UUID


class CouncillorSaved(CouncilFact):
    """Entered, or changed."""

    name: ClassVar[str] = "council:member.saved"
    label: ClassVar[LazyString] = lazy_gettext("Записан общински съветник")


class CommitteeSaved(CouncilFact):
    """Entered, or its members changed."""

    name: ClassVar[str] = "council:committee.saved"
    label: ClassVar[LazyString] = lazy_gettext("Записана комисия на съвета")


class CouncilMaterialAdded(CouncilFact):
    """A file of a point of the agenda."""

    name: ClassVar[str] = "council:material.added"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван материал за точка")


class CouncilMaterialRemoved(CouncilFact):
    """It was taken away for good."""

    name: ClassVar[str] = "council:material.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат материал за точка")


class AttendanceNoted(CouncilFact):
    """Who of the councillors is present; `subject_id` is the session."""

    name: ClassVar[str] = "council:attendance.noted"
    label: ClassVar[LazyString] = lazy_gettext("Записано присъствие на съветници")


class RollCallRecorded(CouncilFact):
    """A vote by name, counted for the first time."""

    name: ClassVar[str] = "council:vote.recorded"
    label: ClassVar[LazyString] = lazy_gettext("Записано поименно гласуване")


class RollCallCorrected(CouncilFact):
    """A further count of the same vote; the earlier ones stay."""

    name: ClassVar[str] = "council:vote.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправено поименно гласуване")


class InquiryEntered(CouncilFact):
    """A councillor asked."""

    name: ClassVar[str] = "council:question.entered"
    label: ClassVar[LazyString] = lazy_gettext("Вписано питане на съветник")


class InquiryAnswered(CouncilFact):
    """It was answered, or the answer corrected."""

    name: ClassVar[str] = "council:question.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговорено питане на съветник")


class InquiryLate(CouncilFact):
    """Its term passed without an answer."""

    name: ClassVar[str] = "council:question.late"
    label: ClassVar[LazyString] = lazy_gettext("Просрочено питане на съветник")


EVENTS = (
    *(CouncillorSaved, CommitteeSaved, CouncilMaterialAdded, CouncilMaterialRemoved),
    *(AttendanceNoted, RollCallRecorded, RollCallCorrected),
    *(InquiryEntered, InquiryAnswered, InquiryLate),
)
