"""A poll as a poster that asks people to answer."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.queries import public
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.language import language_in_force, speaking


def paper_of(uow: UnitOfWork, poll_id: UUID) -> Paper | None:
    """In the language in force, else in Bulgarian; None for a draft. One that is over says so."""
    poll = uow.session.scalar(public().where(Poll.id == poll_id))
    if poll is None or poll.closes_at is None:
        return None
    title, language = poll.said("title", language_in_force())
    with speaking(language):
        return Paper(
            kind=gettext("Анкета: кажете какво мислите"),
            title=title,
            facts=((_term(poll, uow), moment(poll.closes_at)),),
            text=tuple(poll.said("intro", language)[0].splitlines()),
            path=poll.path,
            language=language,
        )


def _term(poll: Poll, uow: UnitOfWork) -> str:
    is_over = poll.closes_at is not None and poll.closes_at <= uow.now
    return str(gettext("Приключила на") if is_over else gettext("Отговорете до"))
