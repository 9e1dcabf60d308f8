"""Letters of the forum: to authors, to who follows a discussion, to staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.forum import events
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.permissions import ForumPermission
from obshto.modules.forum.services.announcements import owe_announcement
from obshto.modules.forum.services.codes import code_of
from obshto.modules.forum.services.queries import discussion_of, first_post, followed, post_of
from obshto.platform.followers.services import followers_of
from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decisions_about
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import receivers_of

Fact = Mapping[str, Any]
Letter = tuple[str, str] | None


def author(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account the post was written from, else the address or phone left in it, or nobody."""
    return _reach(post_of(uow, UUID(fact["post_id"])))


def starter(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who began the discussion: they hear of an answer without asking for letters."""
    return _reach(first_post(uow, _discussion(uow, fact)))


def followers(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who asked for letters about it, while everybody may see its title."""
    row = _discussion(uow, fact)
    return [] if row.is_veiled else list(followers_of(uow, followed(row)))


def receivers(uow: UnitOfWork, fact: Fact) -> Collection[UUID]:
    """The colleague it was handed to, else who of the department may, else all who may."""
    row = _discussion(uow, fact)
    return receivers_of(
        uow, ForumPermission.HANDLE, assignee_id=row.assignee_id, department=row.department
    )


def awaits(uow: UnitOfWork, fact: Fact) -> Letter:
    """The link by which the reader of the address says that it was they."""
    post = post_of(uow, UUID(fact["post_id"]))
    if post.confirmed_at:
        return None
    page = f"{uow.scope.address}/forum/post/{code_of(post.request_id)}"
    return worded(
        gettext("Потвърдете мнението си във форума"),
        gettext("Някой, вероятно Вие, написа мнение и посочи този имейл."),
        gettext("Отворете страницата и натиснете бутона до три дни: %(page)s", page=page),
        gettext("Ако не сте Вие, не правете нищо: мнението и имейлът ще бъдат изтрити."),
    )


def hidden(uow: UnitOfWork, fact: Fact) -> Letter:
    """Which rule and reason, and where its author may appeal; nobody has read it yet, none yet."""
    decision = _decision(uow, fact)
    subject = gettext("Скрихме мнението Ви във форума")
    rule = str(RULES[decision.rule]) if decision and decision.rule in RULES else ""
    if decision and decision.is_provisional:
        waits = gettext("Служител ще го прегледа и ще Ви пишем какво е решил.")
        return _moderated(uow, fact, subject, rule, waits)
    appeal = gettext("Ако не сте съгласни, възразете от тази страница. Решава друг човек.")
    return _moderated(uow, fact, subject, rule, decision.reason if decision else "", appeal)


def restored(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it is seen again."""
    return _moderated(
        uow,
        fact,
        gettext("Мнението Ви отново се вижда"),
        _review(uow, fact),
        gettext("Показахме отново мнението Ви."),
    )


def upheld(uow: UnitOfWork, fact: Fact) -> Letter:
    """That another person decided to leave it hidden, and why."""
    return _moderated(
        uow,
        fact,
        gettext("Решение по възражението Ви"),
        _review(uow, fact),
        gettext("Друг човек прегледа възражението и мнението остава скрито."),
    )


def answered(uow: UnitOfWork, fact: Fact) -> Letter:
    """What the municipality said, in full: who reads letters need not open the portal."""
    row = _discussion(uow, fact)
    post = post_of(uow, UUID(fact["post_id"]))
    return worded(
        gettext("Общината отговори: %(title)s", title=row.title), post.words, _page(uow, row)
    )


def decided(uow: UnitOfWork, fact: Fact) -> Letter:
    """What was decided."""
    row = _discussion(uow, fact)
    subject = gettext("Какво се реши: %(title)s", title=row.title)
    return worded(subject, row.decided, _page(uow, row))


def shut(uow: UnitOfWork, fact: Fact) -> Letter:
    """That nobody writes in it any more, and why."""
    row = _discussion(uow, fact)
    subject = gettext("Затворен разговор: %(title)s", title=row.title)
    return worded(subject, row.closed_why, _page(uow, row))


def transferred(uow: UnitOfWork, fact: Fact) -> Letter:
    """What it became, under which number."""
    row = _discussion(uow, fact)
    became = (
        gettext("От разговора стана предложение %(number)s.", number=row.successor_number)
        if row.successor == "proposal"
        else gettext("От разговора стана сигнал %(number)s.", number=row.successor_number)
    )
    return worded(
        gettext("Разговорът продължава: %(title)s", title=row.title), became, _page(uow, row)
    )


def news(uow: UnitOfWork, fact: Fact) -> Letter:
    """That something was said; once a day."""
    row = _discussion(uow, fact)
    return worded(
        gettext("Ново в разговора: %(title)s", title=row.title),
        gettext("В разговора, който следите, има нови мнения."),
        _page(uow, row),
    )


def started(uow: UnitOfWork, fact: Fact) -> Letter:
    """To staff: a new discussion waits for an answer."""
    row = _discussion(uow, fact)
    return worded(
        gettext("Нов разговор във форума: %(title)s", title=row.title),
        gettext("Отговорете или го предайте на отдела, който знае."),
        _desk(uow, f"/console/forum/{row.id}"),
    )


def handed_over(uow: UnitOfWork, fact: Fact) -> Letter:
    """To who answers from now on: what people wait for."""
    row = _discussion(uow, fact)
    return worded(
        gettext("Предадоха Ви разговор от форума: %(title)s", title=row.title),
        gettext("Хората чакат отговор от Вас или от Вашия отдел."),
        _desk(uow, f"/console/forum/{row.id}"),
    )


def check(uow: UnitOfWork, fact: Fact) -> Letter:
    """To moderators: a post waits to be read."""
    return worded(
        gettext("Мнение във форума чака преглед"),
        gettext("Някой каза, че нарушава правилата, или в него има връзка към друг сайт."),
        _desk(uow, f"/console/forum/posts/{fact['post_id']}"),
    )


def _moderated(uow: UnitOfWork, fact: Fact, subject: str, *sentences: str) -> Letter:
    post = post_of(uow, UUID(fact["post_id"]))
    return worded(subject, *sentences, _own_page(uow, post), _why_author())


def _decision(uow: UnitOfWork, fact: Fact) -> ModerationDecision | None:
    return uow.session.scalars(decisions_about("forum", UUID(fact["post_id"])).limit(1)).first()


def _review(uow: UnitOfWork, fact: Fact) -> str:
    """Why the appeal was decided so; nothing where a moderator took it back alone."""
    decision = _decision(uow, fact)
    return decision.review if decision else ""


def _discussion(uow: UnitOfWork, fact: Fact) -> Discussion:
    return discussion_of(uow, UUID(fact["subject_id"]))


def _reach(post: ForumPost) -> Collection[UUID | Address]:
    """A phone gets an SMS where there is no address; of a landline staff hear what to say."""
    if post.person_id:
        return [post.person_id]
    phone = read_phone(post.phone or "") or ""
    if not (post.email or phone):
        return []

    def call(uow: UnitOfWork, _cause: UUID, words: str) -> None:
        owe_announcement(uow, post.id, words)

    return [Address(None, post.author, post.email or "", post.language, phone, unreached=call)]


def _page(uow: UnitOfWork, row: Discussion) -> str:
    return str(gettext("Прочетете го тук: %(address)s", address=f"{uow.scope.address}{row.path}"))


def _own_page(uow: UnitOfWork, post: ForumPost) -> str:
    ref = post.id if post.person_id else code_of(post.request_id)
    address = f"{uow.scope.address}/forum/post/{ref}"
    return str(gettext("Вижте го тук: %(address)s", address=address))


def _desk(uow: UnitOfWork, path: str) -> str:
    return str(gettext("Отворете го тук: %(address)s", address=f"{uow.scope.address}{path}"))


def _why_author() -> str:
    return str(gettext("Пишем Ви, защото Вие написахте това мнение."))


def _to_author(fact: type[events.PostFact], title: LazyString, letter: Any) -> Notification:
    return Notification(fact=fact, title=title, to=author, letter=letter)


def _to_readers(fact: type[events.DiscussionFact], letter: Any) -> tuple[Notification, ...]:
    return (
        Notification(
            fact=fact,
            title=lazy_gettext("Новина в разговор, който съм започнал"),
            to=starter,
            letter=letter,
        ),
        Notification(
            fact=fact,
            title=lazy_gettext("Новина в разговор, който следя"),
            to=followers,
            letter=letter,
        ),
    )


NOTIFICATIONS = (
    _to_author(events.PostAwaits, lazy_gettext("Потвърждение на мнение във форума"), awaits),
    _to_author(events.PostHidden, lazy_gettext("Скрито мое мнение"), hidden),
    _to_author(events.PostRestored, lazy_gettext("Върнато мое мнение"), restored),
    _to_author(events.PostUpheld, lazy_gettext("Решение по мое възражение"), upheld),
    *_to_readers(events.DiscussionAnswered, answered),
    *_to_readers(events.DiscussionDecided, decided),
    *_to_readers(events.DiscussionShut, shut),
    *_to_readers(events.DiscussionTransferred, transferred),
    Notification(
        fact=events.DiscussionNews,
        title=lazy_gettext("Нови мнения в разговор, който следя"),
        to=followers,
        letter=news,
    ),
    Notification(
        fact=events.DiscussionStarted,
        title=lazy_gettext("Нов разговор във форума"),
        to=ForumPermission.HANDLE,
        letter=started,
    ),
    Notification(
        fact=events.DiscussionHandedOver,
        title=lazy_gettext("Разговор за мен или за моя отдел"),
        to=receivers,
        letter=handed_over,
    ),
    Notification(
        fact=events.PostFlagged,
        title=lazy_gettext("Докладвано мнение във форума"),
        to=ForumPermission.MODERATE,
        letter=check,
    ),
    Notification(
        fact=events.PostHeld,
        title=lazy_gettext("Мнение с връзки, което чака преглед"),
        to=ForumPermission.MODERATE,
        letter=check,
    ),
)
