"""Letters about questions under a proposal: to who asks, to its authors, to staff."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.proposals import events
from obshto.modules.proposals.errors import NoSuchProposalQuestion
from obshto.modules.proposals.models import ProposalQuestion
from obshto.modules.proposals.notifications.proposals import (
    Fact,
    author,
    coauthors,
    own_page,
    proposal_in,
    to_staff,
    why_author,
)
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.queries import PART
from obshto.modules.proposals.services.questions import ADDITION, MUNICIPALITY
from obshto.platform.moderation.services import decision_on
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork


def asker(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who asked: the account, else the address left for the answer, or nobody."""
    row = _question(uow, fact)
    if row.person_id:
        return [row.person_id]
    return [Address(None, "", row.email, row.language)] if row.email else []


def asked_authors(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """All authors, where a question or an addition is to them."""
    if _question(uow, fact).addressee == MUNICIPALITY:
        return []
    return [*author(uow, fact), *coauthors(uow, fact)]


def question_awaits(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """The link by which the reader of the address says that it was they."""
    row = _question(uow, fact)
    if row.confirmed_at:
        return None
    return worded(
        gettext("Потвърдете въпроса си"),
        gettext("Някой, вероятно Вие, зададе въпрос под предложение и посочи този имейл."),
        gettext(
            "Отворете страницата и натиснете бутона до три дни: %(page)s",
            page=_question_page(uow, row),
        ),
        gettext("Ако не сте Вие, не правете нищо: въпросът и имейлът ще бъдат изтрити."),
    )


def question_to_author(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That somebody asks about the proposal, and where its author answers."""
    row = proposal_in(uow, fact)
    if _question(uow, fact).addressee == ADDITION:
        return worded(
            gettext("Допълнение към предложение %(number)s", number=row.number),
            gettext("Някой предлага да допълните „%(title)s“.", title=row.title),
            gettext("Прочетете го и решете дали да влезе в текста, на страницата му."),
            own_page(uow, row),
            why_author(),
        )
    return worded(
        gettext("Питат Ви за предложение %(number)s", number=row.number),
        gettext("Има въпрос към Вас под „%(title)s“.", title=row.title),
        gettext("Прочетете го и отговорете на страницата на предложението си."),
        own_page(uow, row),
        why_author(),
    )


def question_to_staff(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """That a question waits for the municipality; none where it is to the author."""
    question = _question(uow, fact)
    if question.addressee != MUNICIPALITY:
        return None
    return _question_waits(uow, fact, gettext("Има въпрос към общината."))


def question_flagged(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That a reader says that a question breaks a rule."""
    return _question_waits(uow, fact, gettext("Някой каза, че нарушава правилата за участие."))


def question_held(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That a question has a link and waits for a moderator."""
    return _question_waits(uow, fact, gettext("В него има връзка към друг сайт."))


def question_answered(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That there is an answer, and the answer."""
    row, question = proposal_in(uow, fact), _question(uow, fact)
    said = gettext("Авторът отговори на въпроса Ви.")
    if question.is_official:
        said = gettext("Общината отговори на въпроса Ви.")
    elif question.entered_version:
        number = question.entered_version
        said = gettext("Авторът прие допълнението Ви. Влезе във версия %(number)s.", number=number)
    elif question.addressee == ADDITION:
        said = gettext("Авторът не прие допълнението Ви и казва защо.")
    return worded(
        gettext("Отговор на въпроса Ви под предложение %(number)s", number=row.number),
        said,
        question.answer,
        gettext("Вижте го тук: %(address)s", address=_question_page(uow, question)),
        _why_asker(),
    )


def question_hidden(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That it is not seen any more; why stands on the page of who asked.

    What nobody of the staff has read yet takes no appeal: they hear of that once it is decided.
    """
    row, question = proposal_in(uow, fact), _question(uow, fact)
    decision = decision_on(uow, PART, question.id)
    follows = (
        gettext("Служител ще го прегледа и ще Ви пишем какво е решил.")
        if decision and decision.is_provisional
        else gettext("Ако не сте съгласни, възразете от страницата му: решава друг човек.")
    )
    return worded(
        gettext("Скрихме въпроса Ви под предложение %(number)s", number=row.number),
        gettext("Защо, пише на страницата на въпроса."),
        follows,
        gettext("Вижте го тук: %(address)s", address=_question_page(uow, question)),
        _why_asker(),
    )


def question_reviewed(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That it is seen again, or stays hidden after an appeal."""
    row, question = proposal_in(uow, fact), _question(uow, fact)
    return worded(
        gettext("Вижда ли се въпросът Ви под предложение %(number)s", number=row.number),
        gettext("Друг човек прегледа възражението Ви и въпросът остава скрит.")
        if question.hidden_at
        else gettext("Въпросът Ви отново се вижда."),
        gettext("Вижте го тук: %(address)s", address=_question_page(uow, question)),
        _why_asker(),
    )


def _question(uow: UnitOfWork, fact: Fact) -> ProposalQuestion:
    found = uow.session.get(ProposalQuestion, UUID(fact["question_id"]))
    if found is None:
        raise NoSuchProposalQuestion
    return found


def _question_waits(uow: UnitOfWork, fact: Fact, why: str) -> tuple[str, str]:
    row = proposal_in(uow, fact)
    page = f"{uow.scope.address}/console/proposals/questions/{fact['question_id']}"
    return worded(
        gettext("Въпрос под предложение %(number)s чака Вас", number=row.number),
        why,
        gettext("Отворете го тук: %(address)s", address=page),
        gettext("Пишем Ви, защото работите по предложения в общината."),
    )


def _question_page(uow: UnitOfWork, row: ProposalQuestion) -> str:
    ref = row.id if row.person_id else code_of(row.request_id)
    return f"{uow.scope.address}/proposals/question/{ref}"


def _why_asker() -> str:
    return str(gettext("Пишем Ви, защото попитахте нещо под предложение."))


NOTIFICATIONS = (
    Notification(
        fact=events.ProposalQuestionAwaits,
        title=lazy_gettext("Потвърждение на въпрос под предложение"),
        to=asker,
        letter=question_awaits,
    ),
    Notification(
        fact=events.ProposalQuestionAsked,
        title=lazy_gettext("Въпрос под мое предложение"),
        to=asked_authors,
        letter=question_to_author,
    ),
    to_staff(
        events.ProposalQuestionAsked,
        lazy_gettext("Въпрос под предложение, към общината"),
        letter=question_to_staff,
    ),
    to_staff(
        events.ProposalQuestionFlagged,
        lazy_gettext("Докладван въпрос под предложение"),
        letter=question_flagged,
    ),
    to_staff(
        events.ProposalQuestionHeld,
        lazy_gettext("Въпрос с връзка чака преглед"),
        letter=question_held,
    ),
    *(
        Notification(fact=fact, title=title, to=asker, letter=letter)
        for fact, title, letter in (
            (
                events.ProposalQuestionAnswered,
                lazy_gettext("Отговор на мой въпрос под предложение"),
                question_answered,
            ),
            (
                events.ProposalQuestionHidden,
                lazy_gettext("Скрит мой въпрос под предложение"),
                question_hidden,
            ),
            (
                events.ProposalQuestionShown,
                lazy_gettext("Върнат мой въпрос под предложение"),
                question_reviewed,
            ),
            (
                events.ProposalQuestionUpheld,
                lazy_gettext("Решение по възражение за мой въпрос"),
                question_reviewed,
            ),
        )
    ),
)
