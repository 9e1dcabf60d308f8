"""Demonstration discussions of the Vidin region: invented, at each municipality's own villages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from obshto.modules.forum.models import ForumPost
from obshto.modules.forum.services import discussions, moderation
from obshto.modules.forum.services.posts import (
    NewDiscussion,
    PostWords,
    answer_discussion,
    start_discussion,
    write_post,
)
from obshto.modules.forum.services.queries import discussion_of
from obshto.platform.cases.channels import COUNTER, PHONE
from obshto.platform.moderation import services as decisions
from obshto.platform.moderation.rules import ADVERTISING, INSULT
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here


@dataclass(frozen=True, slots=True)
class _Talk:
    """One discussion: what was said, answered, decided, why it was closed, what was hidden."""

    subject: str
    title: str
    said: tuple[str, ...]
    answer: str = ""
    decided: str = ""
    closed: str = ""
    hidden: tuple[str, str, str] | None = None  # words, rule, reason


TALKS = (
    _Talk(
        "transport",
        "Автобусът в шест тръгва преди пазара да свърши",
        (
            "В петък автобусът към града се връща в шест, а пазарът е до седем. Може ли по-късно?",
            "И аз съм така. Миналата година имаше и в осем.",
            "За хората от горния край шест е добре, че после е тъмно.",
        ),
    ),
    _Talk(
        "water",
        "Чешмата на площада тече от пролетта",
        (
            "Водата тече ден и нощ и зимата ще стане лед пред магазина.",
            "Питах кметския наместник, каза, че чака част.",
        ),
        answer="Частта дойде. Майсторът идва във вторник, ще спрем водата от 9 до 11 ч.",
    ),
    _Talk(
        "culture",
        "Кога да е съборът тази година",
        (
            "Събота или неделя да е съборът? Децата от града идват само в събота.",
            "Събота, но да почне по-рано, към пет.",
        ),
        answer="Питахме и читалището. Събота им е удобно.",
        decided="Съборът е в събота от 17 ч. на мегдана. Общината дава сцена и осветление.",
        closed="Решено е. За следващата година ще започнем нов разговор.",
    ),
    _Talk(
        "streets",
        "Паркирането пред училището",
        (
            "Сутрин колите спират на пешеходната пътека и децата минават между тях.",
            "Пет минути да се спре не пречи на никого.",
        ),
        hidden=(
            "Само човек без ум може да паркира така!",
            INSULT,
            "Обижда друг участник. Напишете същото без обидата.",
        ),
    ),
    _Talk(
        "other",
        "Кой продава дърва за зимата",
        ("Търся сухи дърва, два кубика, с докарване.",),
        hidden=(
            "Всичко за дома на половин цена, пишете ми.",
            ADVERTISING,
            "Реклама. Обяви се оставят на таблото пред кметството.",
        ),
    ),
)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    codes = list(settlements_here(uow)) or [""]
    start = crc32(uow.scope.slug.encode()) % len(codes)
    for number, talk in enumerate(TALKS):
        key = uuid5(NAMESPACE_URL, f"forum/{uow.scope.slug}/{number}")
        told = NewDiscussion(
            title=talk.title,
            subject=talk.subject,
            settlement=codes[(start + number) % len(codes)],
            said=_words(talk.said[0], COUNTER, shows_name=True),
        )
        first = start_discussion(uow, told, request_id=key)
        if discussion_of(uow, first.discussion_id).last_number > 1:
            continue
        for place, words in enumerate(talk.said[1:]):
            once = uuid5(key, f"said/{place}")
            write_post(uow, first.discussion_id, _words(words, PHONE), request_id=once)
        _moderate(uow, talk, first)
        _bring_to(uow, talk, first)


def _words(words: str, channel: str, *, shows_name: bool = False) -> PostWords:
    return PostWords(words=words, author="Проба Пробова", shows_name=shows_name, channel=channel)


def _moderate(uow: UnitOfWork, talk: _Talk, first: ForumPost) -> None:
    """One of them is appealed; it waits for another person than who hid it."""
    if talk.hidden is None:
        return
    words, rule, reason = talk.hidden
    key = uuid5(first.request_id, "hidden")
    post = write_post(uow, first.discussion_id, _words(words, PHONE), request_id=key)
    why = decisions.Reason(rule=rule, words=reason)
    moderation.hide_post(uow, post, why, request_id=key)
    if rule == INSULT:
        decision = decisions.decision_on(uow, "forum", post.id)
        assert decision
        objection = "Не назовах никого. Говоря за паркирането, не за човек."
        decisions.appeal(uow, decision, objection, request_id=uuid5(key, "appeal"))
        uow.session.flush()


def _bring_to(uow: UnitOfWork, talk: _Talk, first: ForumPost) -> None:
    row = discussion_of(uow, first.discussion_id, to_change=True)
    if talk.answer:
        row.department = "Благоустройство"
        answer_discussion(uow, row, talk.answer, request_id=uuid5(first.request_id, "answer"))
        uow.session.flush()
    if talk.decided:
        discussions.decide(uow, row, talk.decided, expected_version=row.version)
        uow.session.flush()
    if talk.closed:
        discussions.shut(uow, row, talk.closed, expected_version=row.version)
        uow.session.flush()
