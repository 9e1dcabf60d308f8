"""Looks at the training of a colleague: by who oversees it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.training.events import TrainingLookedAt
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

OVERSEE = "oversee"
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“"
PURPOSES: Mapping[str, LazyString] = {OVERSEE: _("Следи обученията на служителите")}


def look_at_trainee(uow: UnitOfWork, person_id: UUID) -> None:
    """Record that somebody opens what a colleague learned."""
    opened = Opened(part="training", object_id=person_id, subject=Subject(person_id=person_id))
    fact = TrainingLookedAt(subject_id=person_id)
    kinds = (DataKind.NAME, DataKind.ACTS)
    look(uow, opened, Purpose(word=OVERSEE, kinds=kinds, ground=GROUND, fact=fact))


def look_at_trainees(uow: UnitOfWork, ids: Collection[UUID]) -> None:
    """Record that somebody reads the list of what all of these learned."""
    opened = [Opened(part="training", object_id=one, subject=Subject(person_id=one)) for one in ids]
    kinds = (DataKind.NAME, DataKind.ACTS)
    if opened:
        fact = TrainingLookedAt(subject_id=opened[0].object_id)
        purpose = Purpose(word=OVERSEE, kinds=kinds, ground=GROUND, fact=fact)
        look_at_each(uow, opened, purpose)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """A person's own training, as they know it."""
    return {one: LookedAt(gettext("Вашите обучения"), "") for one in ids}
