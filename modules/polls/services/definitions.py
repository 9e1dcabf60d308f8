"""Poll definition: what is asked, as last acknowledged, without a query for each answer.

A process keeps it under the stamp of its municipality, which was read before: whoever changes what
is asked moves that stamp. Nothing that an answer changes is told by it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.queries import Asked, asked_of, public_poll
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.content_cache import ContentCache

KEPT = 128  # definitions of a process, some kilobytes each


@dataclass(frozen=True, slots=True)
class PollDefinition:
    """A public poll with its questions, of no session: threads share it, nobody changes it.

    `forms` holds what is made of it, by what that depends on besides.
    """

    poll: Poll
    asked: Sequence[Asked]
    forms: dict[Hashable, Any] = field(default_factory=dict)


_definitions: ContentCache[PollDefinition] = ContentCache(KEPT)


def definition_of(uow: UnitOfWork, poll_id: UUID) -> PollDefinition:
    """Two queries, none while it is kept. Raises NoSuchPoll."""
    return _definitions.get_or_make(uow, lambda: _read(uow, poll_id), poll_id)


def _read(uow: UnitOfWork, poll_id: UUID) -> PollDefinition:
    poll = public_poll(uow, poll_id)
    asked = asked_of(uow, poll_id)
    rows = {poll, *(one.question for one in asked)}
    for one in asked:
        rows |= {*one.options, *one.pictures.values()}
    for row in rows:
        uow.session.expunge(row)
    return PollDefinition(poll, asked)
