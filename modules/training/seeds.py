"""Demonstration content of training: invented."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from obshto.modules.training.services import Words, open_lesson
from obshto.platform.unit_of_work import UnitOfWork

TOLD = (
    Words(
        title="Първи примерен запис",
        text="Сменете този текст с нещо, което гражданите на общината познават.",
        contact="0938 12 345",
    ),
    Words(
        title="Втори примерен запис",
        text="Два записа показват как изглежда списъкът.",
        contact="primer@demo.example",
    ),
)


def seed(uow: UnitOfWork) -> None:
    """Two entries. Their request ids are made of their places, so seeding twice is harmless."""
    assert uow.scope
    for number, words in enumerate(TOLD):
        key = f"training/{uow.scope.slug}/{number}"
        open_lesson(uow, words, request_id=uuid5(NAMESPACE_URL, key))
