"""Reactions: a danger of which people were warned is posted at once, wherever this can be done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.feeds.services.danger import tell_of_danger
from obshto.platform.modularity.manifest import Job
from obshto.platform.unit_of_work import UnitOfWork


def tell(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """Job: bears to be run twice. Updates and the end follow as those of any thing."""
    tell_of_danger(uow, "crisis", UUID(payload["subject_id"]))


REACTIONS = {"crisis:crisis.begun": Job(name="feeds:tell-of-danger", run=tell)}
