"""Domain events of training. Names and keys are fixed; no fact says who the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent
from obshto.tenants.api import PRACTICE_RESET


@dataclass(frozen=True, kw_only=True)
class MissionFact(DomainEvent):
    """The attempt and the word of its mission."""

    subject_id: UUID
    mission: str


class MissionStarted(MissionFact):
    name: ClassVar[str] = "training:mission.started"
    label: ClassVar[LazyString] = lazy_gettext("Започната учебна задача")


class MissionFinished(MissionFact):
    name: ClassVar[str] = "training:mission.finished"
    label: ClassVar[LazyString] = lazy_gettext("Завършена учебна задача")


@dataclass(frozen=True, kw_only=True)
class RecordFact(DomainEvent):
    """The record and its topic."""

    subject_id: UUID
    topic: str


class CourseEntered(RecordFact):
    name: ClassVar[str] = "training:course.entered"
    label: ClassVar[LazyString] = lazy_gettext("Записано обучение на служител")


class RecordCancelled(RecordFact):
    name: ClassVar[str] = "training:record.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отменен запис за обучение")


class TrainingEnds(RecordFact):
    """It is valid for a short time more."""

    name: ClassVar[str] = "training:record.ending"
    label: ClassVar[LazyString] = lazy_gettext("Обучение изтича скоро")


class TrainingLookedAt(DomainEvent):
    name: ClassVar[str] = "training:records.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на обученията на служител")


class PracticeReset(DomainEvent):
    """The practice municipality is as it was at first."""

    name: ClassVar[str] = PRACTICE_RESET
    label: ClassVar[LazyString] = lazy_gettext("Учебната община започна отначало")
    is_public: ClassVar[bool] = True


EVENTS = (
    *(MissionStarted, MissionFinished, CourseEntered, RecordCancelled, TrainingEnds),
    *(TrainingLookedAt, PracticeReset),
)
