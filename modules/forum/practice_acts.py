"""Practice acts of the forum: an invented citizen begins a discussion, answers in one."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.forum.models import Discussion
from obshto.modules.forum.seeds import TALKS
from obshto.modules.forum.services.posts import (
    NewDiscussion,
    PostWords,
    start_discussion,
    write_post,
)
from obshto.modules.forum.services.queries import LISTED
from obshto.platform.modularity.practice import PracticeAct, PracticeTurn
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here

SAID = (
    "И пред нас е така. Кога ще се оправи?",
    "Благодаря за отговора. А за горния край?",
    "Не съм съгласен: миналата година обещахте същото.",
)


def start(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """Another one from the examples."""
    talk = turn.pick(TALKS)
    told = NewDiscussion(
        title=talk.title,
        subject=talk.subject,
        settlement=turn.pick(list(settlements_here(uow)) or [""]),
        said=PostWords(words=talk.said[0], author=turn.name),
    )
    start_discussion(uow, told, request_id=turn.request_id)
    return True


def reply(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """In the discussion where something was said last."""
    is_open = (LISTED, Discussion.closed_at.is_(None))
    wanted = select(Discussion.id).where(*is_open).order_by(Discussion.last_at.desc()).limit(1)
    discussion_id = uow.session.scalar(wanted)
    if discussion_id:
        said = PostWords(words=turn.pick(SAID), author=turn.name)
        write_post(uow, discussion_id, said, request_id=turn.request_id)
    return discussion_id is not None


PRACTICE_ACTS = (PracticeAct(run=start), PracticeAct(run=reply))
