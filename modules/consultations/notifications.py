"""Letters of consultations: to who follows them, to authors, to who answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.consultations import events
from obshto.modules.consultations.models import Consultation, Invitation, Opinion
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services.access_log import PART
from obshto.modules.consultations.services.codes import code_of
from obshto.modules.consultations.services.invitations import NEW, invited_readers_of, token_of
from obshto.modules.consultations.services.phones import phone_of
from obshto.modules.consultations.services.queries import answers_to, written_opinion
from obshto.modules.consultations.services.states import OUTCOMES
from obshto.platform.moderation.services import decision_on, decisions_about
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE

OUTCOME = "consultations:outcome"
Fact = Mapping[str, Any]
Letter = tuple[str, str] | None


def opened(uow: UnitOfWork, fact: Fact) -> Letter:
    """What is discussed, until when, where."""
    return _to_many(uow, fact, gettext("Обществена консултация: %(title)s"))


def invited(uow: UnitOfWork, fact: Fact) -> Letter:
    """To an organisation: what is discussed, until when, the link that marks its opinion."""
    row = uow.session.get_one(Invitation, UUID(fact["subject_id"]))
    found = _consultation(uow, row.consultation_id)
    assert found.closes_on
    path = f"{found.path}/say?invited={token_of(row, uow)}"
    return worded(
        gettext("Поканени сте да кажете мнение: %(title)s", title=found.title),
        gettext("Общината кани „%(name)s“ да каже какво мисли.", name=row.name),
        found.title,
        found.summary,
        gettext("Може да кажете мнението си до %(day)s", day=day(found.closes_on)),
        gettext(
            "Пишете го тук, до него ще стои, че сте поканени: %(address)s",
            address=_address(uow, path),
        ),
        gettext("Целият проект: %(address)s", address=_address(uow, found.path)),
        gettext("Писмото е едно: други по тази покана не идват."),
    )


def organisation(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The address that was invited."""
    row = uow.session.get(Invitation, UUID(fact["subject_id"]))
    return [Address(None, row.name, row.email, SOURCE)] if row and row.email else []


def extended(uow: UnitOfWork, fact: Fact) -> Letter:
    """That there is more time, and why."""
    return _to_many(uow, fact, gettext("Удължена консултация: %(title)s"))


def outcome(uow: UnitOfWork, fact: Fact) -> Letter:
    """What was decided and what the opinions changed."""
    found = _consultation(uow, UUID(fact["subject_id"]))
    if not found.outcome_at:
        return None
    subject = gettext("Какво последва: %(title)s", title=found.title)
    return worded(subject, found.title, found.outcome, found.changes, _address(uow, found.path))


def closed(uow: UnitOfWork, fact: Fact) -> Letter:
    """That opinions wait for answers."""
    page = f"{uow.scope.address}/console/consultations/{fact['subject_id']}"
    return worded(
        gettext("Консултацията приключи: %(title)s", title=fact["title"]),
        gettext("Всяко становище чака отговор с мотиви. Едва тогава се публикува резултатът."),
        gettext("Отворете я тук: %(address)s", address=page),
        gettext("Пишем Ви, защото отговаряте на становища в общината."),
    )


def awaits(uow: UnitOfWork, fact: Fact) -> Letter:
    """The link by which the reader of the address says that it was they."""
    opinion = written_opinion(uow, UUID(fact["subject_id"]))
    if opinion.confirmed_at or not opinion.email:
        return None  # a phone got its code
    found = _consultation(uow, opinion.consultation_id)
    path = f"/consultations/confirm/{code_of(opinion.request_id)}"
    return worded(
        gettext("Потвърдете становището си: %(title)s", title=found.title),
        gettext("Някой, вероятно Вие, написа становище и посочи този имейл."),
        gettext("Потвърдете до три дни тук: %(address)s", address=_address(uow, path)),
        gettext("Ако не сте Вие, не правете нищо: становището и имейлът ще бъдат изтрити."),
    )


def received(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it arrived, its number, what follows."""
    opinion = written_opinion(uow, UUID(fact["subject_id"]))
    found = _consultation(uow, opinion.consultation_id)
    return worded(
        gettext("Получихме становище %(number)s", number=opinion.number),
        gettext("Получихме становището Ви по „%(title)s“.", title=found.title),
        gettext("Всяко становище получава отговор с мотиви. Ще Ви пишем какво стана с Вашето."),
        _where(uow, opinion),
        _why(),
    )


def decided(uow: UnitOfWork, fact: Fact) -> Letter:
    """What became of this one, with the reason."""
    opinion = written_opinion(uow, UUID(fact["subject_id"]))
    found, answer = _consultation(uow, opinion.consultation_id), answers_to(uow, [opinion])
    if opinion.id not in answer:
        return None
    said = answer[opinion.id]
    return worded(
        gettext("Отговор на становище %(number)s", number=opinion.number),
        found.title,
        f"{OUTCOMES[said.outcome]}. {said.reason}",
        found.changes,
        _where(uow, opinion),
        _why(),
    )


def flagged(uow: UnitOfWork, fact: Fact) -> Letter:
    """To who may hide it: a reader says that it breaks a rule."""
    address = f"{uow.scope.address}/console/consultations/opinions/{fact['subject_id']}"
    return worded(
        gettext("Становище %(number)s чака преглед", number=fact["number"]),
        gettext("Някой каза, че нарушава правилата за участие."),
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото може да скривате становища по правилата."),
    )


def hidden(uow: UnitOfWork, fact: Fact) -> Letter:
    """Why it is hidden, and where the author objects; while nobody has read it, that staff will."""
    opinion = written_opinion(uow, UUID(fact["subject_id"]))
    if not opinion.hidden_at:
        return None  # shown again meanwhile, of which there is a letter too
    decision = decision_on(uow, PART, opinion.id)
    follows = (
        gettext("Служител ще го прегледа и ще Ви пишем какво е решил.")
        if decision and decision.is_provisional
        else gettext("На страницата му пише какво може да направите.")
    )
    return _moderated(
        uow,
        opinion,
        gettext("Скрихме становището: %(why)s", why=opinion.hidden_why),
        gettext("То се брои и получава отговор и докато е скрито."),
        follows,
    )


def reviewed(uow: UnitOfWork, fact: Fact) -> Letter:
    """What another person decided about the author's appeal, and why."""
    opinion = written_opinion(uow, UUID(fact["subject_id"]))
    said = (
        gettext("Друг човек прегледа възражението Ви и становището остава скрито.")
        if opinion.hidden_at
        else gettext("Становището Ви отново се вижда.")
    )
    decision = uow.session.scalars(decisions_about(PART, opinion.id).limit(1)).one()
    return _moderated(uow, opinion, said, decision.review)


def author(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account it was written from, else the address or the phone that confirmed it."""
    opinion = written_opinion(uow, UUID(fact["subject_id"]))
    if opinion.person_id:
        return [opinion.person_id]
    email, phone = opinion.email or "", phone_of(opinion)
    return [Address(None, opinion.author, email, opinion.language, phone)] if email or phone else []


def _to_many(uow: UnitOfWork, fact: Fact, subject: str) -> Letter:
    found = _consultation(uow, UUID(fact["subject_id"]))
    if not found.closes_at or not found.closes_on or found.closes_at <= uow.now:
        return None
    term = gettext("Може да кажете мнението си до %(day)s", day=day(found.closes_on))
    lines = (found.title, found.summary, term, found.note, _address(uow, found.path))
    return worded(subject % {"title": found.title}, *(it.replace("\xa0", " ") for it in lines))


def _consultation(uow: UnitOfWork, consultation_id: UUID) -> Consultation:
    return uow.session.get_one(Consultation, consultation_id)


def _where(uow: UnitOfWork, opinion: Opinion) -> str:
    ref = str(opinion.id) if opinion.person_id else code_of(opinion.request_id)
    address = _address(uow, f"/consultations/opinion/{ref}")
    return str(gettext("Вижте го тук: %(address)s", address=address))


def _address(uow: UnitOfWork, path: str) -> str:
    locale = get_locale()
    language = locale.language if locale else SOURCE
    return f"{uow.scope.address}{'' if language == SOURCE else f'/{language}'}{path}"


def _why() -> str:
    return str(gettext("Пишем Ви, защото този имейл е посочен в становището."))


def _who_follows(uow: UnitOfWork, fact: Fact) -> Audience:
    found = _consultation(uow, UUID(fact["subject_id"]))
    besides = invited_readers_of(found).audiences
    return Audience(topic=NEW, until=found.closes_at, besides=besides)


def _who_was_told(uow: UnitOfWork, fact: Fact) -> Audience:
    return Audience(topic=NEW, asked=False, told=True)


def _who_waits(uow: UnitOfWork, fact: Fact) -> Audience:
    return Audience(topic=OUTCOME)


TOPICS = (
    Topic(word=NEW, title=_("Нови консултации")),
    Topic(word=OUTCOME, title=_("Какво последва от консултациите")),
)


def _moderated(uow: UnitOfWork, opinion: Opinion, *sentences: str) -> Letter:
    subject = gettext("Дали се вижда становище %(number)s", number=opinion.number)
    return worded(subject, *sentences, _where(uow, opinion), _why())


NOTIFICATIONS = (
    Notification(
        fact=events.ConsultationOpened,
        title=_("Отворена консултация"),
        to=_who_follows,
        letter=opened,
    ),
    Notification(
        fact=events.OrganisationInvited,
        title=_("Покана за консултация"),
        to=organisation,
        letter=invited,
    ),
    Notification(
        fact=events.ConsultationExtended,
        title=_("Удължена консултация"),
        to=_who_was_told,
        letter=extended,
    ),
    Notification(
        fact=events.ConsultationDecided,
        title=_("Какво последва от консултация"),
        to=_who_waits,
        letter=outcome,
    ),
    Notification(
        fact=events.ConsultationClosed,
        title=_("Приключила консултация чака отговори"),
        to=ConsultationsPermission.ANSWER,
        letter=closed,
    ),
    Notification(
        fact=events.OpinionFlagged,
        title=_("Докладвано становище"),
        to=ConsultationsPermission.HIDE,
        letter=flagged,
    ),
    Notification(
        fact=events.OpinionAwaits,
        title=_("Потвърждение на мое становище"),
        to=author,
        letter=awaits,
    ),
    Notification(
        fact=events.OpinionGiven,
        title=_("Прието мое становище"),
        to=author,
        letter=received,
    ),
    Notification(
        fact=events.OpinionDecided,
        title=_("Отговор на мое становище"),
        to=author,
        letter=decided,
    ),
    *(
        Notification(
            fact=fact, title=_("Скрито или върнато мое становище"), to=author, letter=letter
        )
        for fact, letter in (
            (events.OpinionHidden, hidden),
            (events.OpinionShown, reviewed),
            (events.OpinionUpheld, reviewed),
        )
    ),
)
