"""Surveys of needs: a ready-made poll for the village of a centre, asked again after a year.

The poll lives in the part of polls; here is only whose it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import LazyString, gettext
from sqlalchemy import select

from obshto.modules.centres.errors import AskedLately, NoPolls
from obshto.modules.centres.events import SurveyBegun
from obshto.modules.centres.models import Centre, NeedsSurvey
from obshto.modules.centres.services.centres import tell
from obshto.modules.centres.services.kinds import EQUIPMENT, FEATURES
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.ready_polls import (
    ReadyPollAnswers,
    ReadyPollResult,
    ReadyPolls,
    Said,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import LANGUAGES, speaking

WORD = "digital"  # of the ready-made questions
AGAIN = timedelta(days=350)  # so that it is asked in the same season


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedQuestion:
    """A question with the share of each answer, from 0 to 1, in each survey; None: not told."""

    title: Said
    lines: Sequence[tuple[Said, Sequence[float | None]]]


def begin_survey(uow: UnitOfWork, centre: Centre, *, request_id: UUID) -> UUID:
    """A draft of the poll, to be read and opened where polls are; its id. The centre is locked.

    Sent twice it is one. Raises NoPolls, AskedLately, NotAllowed.
    """
    polls = port_here(ReadyPolls)
    if polls is None:
        raise NoPolls
    by_request = select(NeedsSurvey.poll_id).where(NeedsSurvey.request_id == request_id)
    if first := uow.session.scalar(by_request):
        return first
    if not is_due_again(uow, centre, surveys_of(uow, centre)):
        raise AskedLately
    titles = {language: _words(centre, language) for language in LANGUAGES}
    poll_id = polls.begin(uow, WORD, titles, request_id=request_id)
    uow.session.add(
        NeedsSurvey(request_id=request_id, centre_id=centre.id, poll_id=poll_id, begun_at=uow.now)
    )
    tell(uow, SurveyBegun, centre)
    return poll_id


def surveys_of(uow: UnitOfWork, centre: Centre) -> Sequence[ReadyPollResult]:
    """The newest first, as they may be told; none where polls are switched off."""
    polls = port_here(ReadyPolls)
    rows = select(NeedsSurvey.poll_id).where(NeedsSurvey.centre_id == centre.id)
    ids = list(uow.session.scalars(rows))
    return polls.results_of(uow, ids) if polls and ids else ()


def told_to_all(uow: UnitOfWork, centre: Centre) -> Sequence[ReadyPollResult]:
    """Surveys that are over and have ten answers, the newest first."""
    return [one for one in surveys_of(uow, centre) if one.state == "closed" and one.answers]


def has_of(centre: Centre) -> Sequence[LazyString]:
    """What the centre has, in words."""
    words = {**FEATURES, **EQUIPMENT}
    return [words[word] for word in (*centre.features, *centre.equipment) if word in words]


def is_due_again(uow: UnitOfWork, centre: Centre, surveys: Collection[ReadyPollResult]) -> bool:
    """Nobody was asked for a year; a poll that was deleted does not count. One query."""
    ids = [one.id for one in surveys]
    rows = select(NeedsSurvey.id).where(NeedsSurvey.centre_id == centre.id)
    rows = rows.where(NeedsSurvey.poll_id.in_(ids), NeedsSurvey.begun_at > uow.now - AGAIN)
    return uow.session.scalar(rows.limit(1)) is None


def compared(told: Sequence[ReadyPollResult]) -> list[ComparedQuestion]:
    """Questions of the first of these surveys beside the same questions of the others."""
    if not told:
        return []
    by_key = [{question.key: question for question in one.questions} for one in told]
    return [
        ComparedQuestion(
            title=question.title,
            lines=[
                (text, [_share(others.get(question.key), key) for others in by_key])
                for key, text, _number in question.lines
            ],
        )
        for question in told[0].questions
    ]


def _share(question: ReadyPollAnswers | None, key: str) -> float | None:
    """Of those who answered the question."""
    if question is None or not question.answered:
        return None
    numbers = {line: number for line, _text, number in question.lines}
    return numbers[key] / question.answered if key in numbers else None


def _words(centre: Centre, language: str) -> tuple[str, str]:
    """Title and introduction of the poll; the village or the centre in it."""
    with speaking(language):
        place = centre.settlement_in(language) or centre.told(language)[0]
        title = gettext("Компютър, интернет и помощ: %(place)s", place=place)
        return title, gettext("Кажете ни какво Ви трябва. По това решаваме какво да има в центъра.")
