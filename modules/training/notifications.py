"""Letters of training: something learned runs out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.training.events import TrainingEnds
from obshto.modules.training.models import TrainingRecord
from obshto.modules.training.services.missions import MISSIONS
from obshto.modules.training.services.topics import TOPICS
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day


def learner(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """The person of the record."""
    record = uow.session.get(TrainingRecord, UUID(fact["subject_id"]))
    return [record.person_id] if record else []


def ends(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str] | None:
    """Until when it holds, and where it is repeated: not every topic has a mission."""
    record = uow.session.get(TrainingRecord, UUID(fact["subject_id"]))
    if record is None or record.topic not in TOPICS:
        return None
    title, address = TOPICS[record.topic].title, f"{uow.scope.address}/console/training/"
    has_mission = any(mission.topic == record.topic for mission in MISSIONS.values())
    return worded(
        gettext(
            "Обучението „%(topic)s“ изтича на %(day)s", topic=title, day=day(record.valid_until)
        ),
        gettext("Повторете го оттук: %(address)s", address=address)
        if has_mission
        else gettext("Минете нов курс и дайте удостоверението на секретаря: той го записва."),
        gettext("Пишем Ви, защото работите в общината."),
    )


NOTIFICATIONS = (
    Notification(
        fact=TrainingEnds,
        title=lazy_gettext("Мое обучение изтича скоро"),
        to=learner,
        letter=ends,
    ),
)
