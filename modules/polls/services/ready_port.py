"""Polls that other parts begin with ready-made questions, and their results."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.modules.polls.models import Poll
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services.copies import evening_after
from obshto.modules.polls.services.library import ask_ready_made
from obshto.modules.polls.services.polls import Draft, write_poll
from obshto.modules.polls.services.queries import Asked, asked_by
from obshto.modules.polls.services.results import Result, results_of
from obshto.modules.polls.services.states import Who, state_of
from obshto.platform.errors import NotAllowed
from obshto.platform.modularity.ready_polls import ReadyPollAnswers, ReadyPollResult, Titles
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import OTHERS, SOURCE, current_language

MOST = 10  # of one page


class PollsToBegin:
    """Supplies `ReadyPolls`."""

    def may_begin(self, uow: UnitOfWork) -> bool:
        return uow.principal.may(PollsPermission.WRITE)

    def begin(self, uow: UnitOfWork, word: str, titles: Titles, *, request_id: UUID) -> UUID:
        """Open for two weeks, until its editor says otherwise. Raises NotAllowed."""
        if not self.may_begin(uow):
            raise NotAllowed
        title, intro = titles[SOURCE]
        draft = Draft(
            title=title,
            intro=intro,
            who=Who.ANYONE,
            closes_at=evening_after(uow.now),
            words={
                language: dict(zip(("title", "intro"), titles[language], strict=True))
                for language in OTHERS
                if language in titles
            },
        )
        poll = write_poll(uow, draft, request_id=request_id)
        ask_ready_made(uow, poll, word, request_id=request_id)
        return poll.id

    def results_of(self, uow: UnitOfWork, ids: Sequence[UUID]) -> Sequence[ReadyPollResult]:
        """The last ten of them. Three queries."""
        wanted = select(Poll).where(Poll.id.in_(ids), Poll.deleted_at.is_(None))
        wanted = wanted.order_by(Poll.written_at.desc(), Poll.id).limit(MOST)
        polls = uow.session.scalars(wanted).all()
        asked = asked_by(uow, [poll.id for poll in polls])
        return [_told(uow, poll, asked.get(poll.id, [])) for poll in polls]


def _told(uow: UnitOfWork, poll: Poll, asked: Sequence[Asked]) -> ReadyPollResult:
    found = results_of(uow, poll, asked)
    return ReadyPollResult(
        id=poll.id,
        title=poll.said("title", current_language()),
        path=f"/console/polls/{poll.id}",
        state=state_of(poll, uow.now).value,
        closes_at=poll.closes_at,
        answers=found.answers if found.is_told else None,
        questions=[_answers(one) for one in found.results if one.is_told],
    )


def _answers(one: Result) -> ReadyPollAnswers:
    language = current_language()
    return ReadyPollAnswers(
        key=one.question.title,
        title=one.question.said("title", language),
        answered=one.answered,
        lines=[(line.option.label, line.option.said(language), line.total) for line in one.lines],
    )
