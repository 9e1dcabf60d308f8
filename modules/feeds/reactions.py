"""Reactions: a danger is posted at once, wherever this can be done; so is each change of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.feeds.services.danger import tell_of_danger
from obshto.platform.modularity.manifest import Job
from obshto.platform.unit_of_work import UnitOfWork


def tell(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """Job: bears to be run twice. The confirmed words stand instead of any that an editor wrote."""
    tell_of_danger(uow, "crisis", UUID(payload["subject_id"]))


REACTIONS = {
    f"crisis:crisis.{word}": Job(name=f"feeds:tell-of-{what}", run=tell)
    for word, what in (("begun", "danger"), ("updated", "changed-danger"), ("ended", "all-clear"))
}
