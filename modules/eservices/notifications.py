"""Letters: „there is news“ to the person, „something waits“ to staff; no personal datum."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.eservices import events
from obshto.modules.eservices.events import powers as power_events
from obshto.modules.eservices.events import versions
from obshto.modules.eservices.models import Case, Draft
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import letters
from obshto.modules.eservices.services.approvals import tell_of
from obshto.modules.eservices.services.case_queries import case_of, reach_of
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.departments import workers_on
from obshto.modules.eservices.services.design.designs import design_row
from obshto.modules.eservices.services.design.inheritance import origin_of
from obshto.modules.eservices.services.dogs.queries import dog_of, keeper_reach
from obshto.modules.eservices.services.offers import is_online, offer_of
from obshto.modules.eservices.services.powers import letters as powers
from obshto.platform.cases.channels import CHANNELS, ENTERED
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE, stop_once

Letter = Callable[[UnitOfWork, Mapping[str, Any]], tuple[str, str]]


def reader_of_case(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """Whose application it is; without a profile the e-mail address left in it, or nobody."""
    return [one for one in reader_of_receipt(uow, fact) if isinstance(one, UUID) or one.email]


def reader_of_receipt(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """The same; where there is a phone alone, its SMS."""
    case = case_of(uow, UUID(fact["subject_id"]))
    if case.person_id:
        return [case.person_id]
    reach = reach_of(case) or {}
    email, phone = reach.get("email", ""), read_phone(reach.get("phone", "")) or ""
    return [Address(None, case.applicant, email, SOURCE, phone)] if email or phone else []


def reader_of_entered(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """The same, of an application that somebody of the staff entered."""
    is_entered = case_of(uow, UUID(fact["subject_id"])).channel in ENTERED
    return reader_of_receipt(uow, fact) if is_entered else []


def reader_of_sent(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """The same, of an application that the person sent without help."""
    is_entered = case_of(uow, UUID(fact["subject_id"])).channel in ENTERED
    return [] if is_entered else reader_of_receipt(uow, fact)


def entered(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That staff entered an application for the reader, who may not know of it."""
    case = case_of(uow, UUID(fact["subject_id"]))
    subject = gettext("Въведено е заявление %(number)s", number=fact["number"])
    lines = (
        gettext(
            "Служител въведе заявление %(number)s от Ваше име: %(channel)s.",
            number=fact["number"],
            channel=CHANNELS[case.channel],
        ),
        gettext("Ако не сте го поискали, обадете се в общината."),
        letters.where_to_look(uow, fact),
    )
    return worded(subject, *lines, letters.why_written(uow, fact))


def arrived(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That an application waits in the queue."""
    subject = gettext("Ново заявление %(number)s", number=fact["number"])
    address = f"{uow.scope.address}/console/eservices/{fact['subject_id']}"
    lines = (
        gettext("Ново заявление чака да бъде поето: %(number)s.", number=fact["number"]),
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото работите по заявления в общината."),
    )
    return worded(subject, *lines)


def waits(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That something of a case waits for whoever oversees the work, or works on it."""
    subject = gettext("Заявление %(number)s чака Вас", number=fact["number"])
    address = f"{uow.scope.address}/console/eservices/{fact['subject_id']}"
    lines = (
        gettext("Има нещо за решаване по заявление %(number)s.", number=fact["number"]),
        gettext("Отворете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото работите по заявления в общината."),
    )
    return worded(subject, *lines)


def waits_for_approval(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That a decision waits to be approved by the reader."""
    subject = gettext("Решение по заявление %(number)s чака одобрение", number=fact["number"])
    address = f"{uow.scope.address}/console/eservices/{fact['subject_id']}/approval"
    lines = (
        gettext("Подготвено е решение, което се издава, след като го одобрите."),
        gettext("Прочетете го тук: %(address)s", address=address),
        gettext("Пишем Ви, защото по тази услуга решенията минават и през Вас."),
    )
    return worded(subject, *lines)


def stuck(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That nobody can approve a decision until it is given to somebody."""
    subject = gettext("Няма кой да одобри решение %(number)s", number=fact["number"])
    address = f"{uow.scope.address}/console/eservices/{fact['subject_id']}/approver"
    lines = (
        gettext("Никой друг освен този, който е подготвил решението, няма нужната роля."),
        gettext("Изберете кой да го одобри: %(address)s", address=address),
        gettext("Пишем Ви, защото може да пренасочвате одобрения."),
    )
    return worded(subject, *lines)


def version_waits(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That a service which was taken over has changed where it comes from."""
    row = design_row(uow, UUID(fact["subject_id"]))
    subject = gettext("Нова версия на „%(title)s“", title=row.title)
    address = f"{uow.scope.address}/console/eservices/inherited/{row.id}"
    taken = origin_of(uow, row)
    look = gettext(
        "Вижте какво се променя и решете дали да я приемете: %(address)s", address=address
    )
    if taken and taken.is_regional and taken.due_on:
        first = gettext("Областта публикува версия %(n)s за всички общини.", n=fact["number"])
        last = gettext("Ако никой не реши, тя влиза в сила сама на %(day)s.", day=day(taken.due_on))
        last = stop_once(last)
        return worded(subject, first, look, last)
    first = gettext("Общината, от която взехте услугата, публикува версия %(n)s.", n=fact["number"])
    return worded(subject, first, look, gettext("Без Вас при Вас нищо не се променя."))


def version_came(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That the region's day came: the version is in force, or waits for something to be mended."""
    row = design_row(uow, UUID(fact["subject_id"]))
    address = f"{uow.scope.address}/console/eservices/inherited/{row.id}"
    if fact["is_out"]:
        subject = gettext("Влезе в сила нова версия на „%(title)s“", title=row.title)
        first = gettext("Денят, посочен от областта, дойде и никой не беше решил.")
    else:
        subject = gettext("Новата версия на „%(title)s“ не може да влезе сама", title=row.title)
        first = gettext("Денят, посочен от областта, дойде, но в нея има какво да се поправи тук.")
    lines = (
        first,
        gettext("Вашите промени са запазени. Вижте ги тук: %(address)s", address=address),
        gettext("Таксата остава тази, която е определил общинският съвет."),
    )
    return worded(subject, *lines)


def who_approves(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """Those whose turn it is; nobody where it was returned or decided meanwhile."""
    return tell_of(uow, case_of(uow, UUID(fact["subject_id"])))


def who_may_take(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """Whoever works on cases of its service; of one that was sent somewhere, who is there."""
    case = uow.session.get(Case, UUID(fact["subject_id"]))
    return list(workers_on(uow, fact["service"], case.goes_to if case else ""))


def who_works_on_it(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """The official whose case it is; nobody while nobody took it."""
    case = case_of(uow, UUID(fact["subject_id"]))
    return [case.assignee_id] if case.assignee_id else []


def whose_draft(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """Who began it; nobody where it was sent or thrown away meanwhile."""
    draft = uow.session.get(Draft, UUID(fact["subject_id"]))
    return [draft.person_id] if draft and draft.person_id else []


def forgotten(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That a draft waits, and that nothing is asked for before it is sent."""
    address = f"{uow.scope.address}/eservices/drafts/{fact['subject_id']}"
    lines = (
        gettext("Започнахте заявление, което още не е подадено. Срок по него не тече."),
        gettext("Продължете го тук: %(address)s", address=address),
        gettext("Ако не Ви трябва, не правете нищо: черновата се изтрива сама."),
        gettext("Пишем Ви веднъж, защото започнахте заявлението с профила си."),
    )
    return worded(gettext("Неподадено заявление"), *lines)


def opened(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str] | None:
    """That a service can be applied for by the portal; None where it was closed again."""
    service = service_of(uow, fact["service"])
    if not is_online(service, offer_of(uow, service.key)):
        return None
    address = f"{uow.scope.address}/eservices/{service.key}"
    lines = (
        service.title,
        gettext("От днес може да заявите тази услуга през портала, без да идвате до гишето."),
        address,
    )
    return worded(gettext("Нова услуга през портала"), *lines)


def keeper_of_dog(uow: UnitOfWork, fact: Mapping[str, Any]) -> Collection[UUID | Address]:
    """Who keeps it: by profile, else at the e-mail address of the declaration, or nobody."""
    reach = keeper_reach(uow, dog_of(uow, UUID(fact["subject_id"])))
    if isinstance(reach, tuple):
        return [Address(None, *reach, SOURCE)]
    return [reach] if reach else []


def vaccination(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That a vaccination is due soon; whose dog, and which, the register says."""
    lines = (
        gettext("Наближава срокът за ваксинацията срещу бяс на Ваше куче."),
        gettext("Заведете го на ветеринар, после съобщете датата на общината."),
        _where_of_dogs(uow),
        gettext("Пишем Ви, защото сте декларирали куче в общината."),
    )
    return worded(gettext("Ваксинация на куче"), *lines)


def brought(uow: UnitOfWork, fact: Mapping[str, Any]) -> tuple[str, str]:
    """That a dog was found; where it is, the page says, or the municipality by telephone."""
    lines = (
        gettext("Намерено е куче, което е вписано на Ваше име."),
        gettext("Обадете се в общината или вижте на страницата къде е."),
        _where_of_dogs(uow),
        gettext("Пишем Ви, защото сте декларирали куче в общината."),
    )
    return worded(gettext("Намерено куче"), *lines)


def _where_of_dogs(uow: UnitOfWork) -> str:
    address = f"{uow.scope.address}/eservices/dogs"
    return str(gettext("Вашите кучета в портала: %(address)s", address=address))


def _followers(uow: UnitOfWork, fact: Mapping[str, Any]) -> Audience:
    return Audience(topic=OPENED)


def _to_person(fact: type[events.CaseFact], letter: Letter = letters.news) -> Notification:
    title = lazy_gettext("Новина по моето заявление")
    return Notification(fact=fact, title=title, to=reader_of_case, letter=letter)


def _to_overseer(fact: type[events.CaseFact], title: LazyString) -> Notification:
    return Notification(fact=fact, title=title, to=ServicesPermission.OVERSEE, letter=waits)


def _to_representative(fact: type[power_events.PowerFact], letter: Letter) -> Notification:
    title = lazy_gettext("Новина по пълномощно, с което представлявам друг")
    return Notification(fact=fact, title=title, to=powers.representative, letter=letter)


OPENED = "eservices:opened"
TOPICS = (Topic(word=OPENED, title=lazy_gettext("Нови услуги през портала")),)
NOTIFICATIONS = (
    # Before the letters to staff: who works here and applies hears once of it, as who applied.
    Notification(
        fact=events.ApplicationSent,
        title=lazy_gettext("Потвърждение, че заявлението ми е получено"),
        to=reader_of_sent,
        letter=letters.acknowledged,
        short=letters.acknowledged_shortly,
    ),
    Notification(
        fact=events.ApplicationSent,
        title=lazy_gettext("Заявление, подадено от мое име по пълномощно"),
        to=powers.represented_in_case,
        letter=powers.applied,
    ),
    Notification(
        fact=events.ApplicationSent,
        title=lazy_gettext("Ново заявление на гражданин"),
        to=who_may_take,
        letter=arrived,
    ),
    Notification(
        fact=events.ApplicationSent,
        title=lazy_gettext("Заявление, въведено от служител вместо мен"),
        to=reader_of_entered,
        letter=entered,
        short=letters.acknowledged_shortly,
    ),
    _to_person(events.InformationAsked),
    _to_person(events.ApplicationDecided, letters.decided),
    _to_person(events.DocumentCorrected, letters.corrected),
    _to_person(events.ApplicationRefused, letters.refused),
    _to_person(events.ApplicationClosed),
    _to_person(events.TermExtended),
    _to_person(events.ComplaintAnswered),
    _to_person(events.RatingAnswered),
    _to_overseer(events.TermPassed, lazy_gettext("Просрочено заявление")),
    _to_overseer(events.ComplaintSent, lazy_gettext("Жалба по заявление")),
    _to_overseer(events.ServiceRatedBad, lazy_gettext("Недоволен гражданин")),
    Notification(
        fact=events.DecisionProposed,
        title=lazy_gettext("Решение за втори подпис"),
        to=ServicesPermission.DECIDE,
        letter=waits,
    ),
    Notification(
        fact=events.ApprovalWaits,
        title=lazy_gettext("Решение, което чака моето одобрение"),
        to=who_approves,
        letter=waits_for_approval,
    ),
    Notification(
        fact=events.ApprovalStuck,
        title=lazy_gettext("Решение, което няма кой да одобри"),
        to=ServicesPermission.REASSIGN,
        letter=stuck,
    ),
    Notification(
        fact=versions.VersionOffered,
        title=lazy_gettext("Нова версия на услуга, взета от друга община"),
        to=ServicesPermission.AGREE,
        letter=version_waits,
    ),
    Notification(
        fact=versions.VersionCame,
        title=lazy_gettext("Версия на услуга, влязла в сила на деня на областта"),
        to=ServicesPermission.AGREE,
        letter=version_came,
    ),
    Notification(
        fact=events.DecisionReturned,
        title=lazy_gettext("Върнато решение"),
        to=who_works_on_it,
        letter=waits,
    ),
    Notification(
        fact=events.TermNears,
        title=lazy_gettext("Срокът на мое заявление изтича"),
        to=who_works_on_it,
        letter=waits,
    ),
    Notification(
        fact=events.ExpiryNears,
        title=lazy_gettext("Срокът на мой документ изтича"),
        to=reader_of_case,
        letter=letters.expires,
    ),
    Notification(
        fact=events.DraftForgotten,
        title=lazy_gettext("Неподадено заявление"),
        to=whose_draft,
        letter=forgotten,
    ),
    Notification(
        fact=events.VaccinationNears,
        title=lazy_gettext("Предстои ваксинация на мое куче"),
        to=keeper_of_dog,
        letter=vaccination,
    ),
    Notification(
        fact=events.DogBrought,
        title=lazy_gettext("Намерено е мое куче"),
        to=keeper_of_dog,
        letter=brought,
    ),
    Notification(
        fact=events.ServiceOpened,
        title=lazy_gettext("Нова услуга през портала"),
        to=_followers,
        letter=opened,
    ),
    Notification(
        fact=power_events.PowerSent,
        title=lazy_gettext("Пълномощно за проверка"),
        to=ServicesPermission.POWERS,
        letter=powers.to_check,
    ),
    _to_representative(power_events.PowerAccepted, powers.accepted),
    Notification(
        fact=power_events.PowerAccepted,
        title=lazy_gettext("Някой представлява мен"),
        to=powers.represented,
        letter=powers.given,
    ),
    _to_representative(power_events.PowerRefused, powers.news),
    _to_representative(power_events.PowerCopyAsked, powers.news),
    *(
        Notification(
            fact=fact, title=lazy_gettext("Пълномощно вече не важи"), to=to, letter=powers.over
        )
        for fact in (power_events.PowerWithdrawn, power_events.PowerEnded)
        for to in (powers.representative, powers.represented)
    ),
)
