"""Missions: a story, its steps, and the acts in the data by which each step is known.

A step is done when the activity log of the practice municipality has one of its acts by that
person. All steps of a mission are done with one thing, in their order, but for those beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _

from obshto.modules.training.services.mission_kinds import Mission, MissionStep
from obshto.modules.training.services.office_missions import OFFICE
from obshto.modules.training.services.topics import (
    COUNTER,
    DISCUSSIONS,
    INCIDENTS,
    PAYMENTS,
    PUBLISHING,
    REPORTS,
    REQUESTS,
)
from obshto.tenants.api import PRACTICE_RESET


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """A row of the activity log, as far as missions ask."""

    name: str
    subject_id: UUID | None


@dataclass(frozen=True, slots=True)
class MissionProgress:
    """How many steps are done; `is_out_of_order`: a later one was done before its turn."""

    done: int
    is_out_of_order: bool = False


MISSIONS: Mapping[str, Mission] = {
    "counter": Mission(
        title=_("Госпожа Цветкова на гишето"),
        story=_(
            "Иванка Цветкова, 78 г., идва на гишето. Няма компютър и иска услуга от общината."
            " Въведете заявлението ѝ, поемете го и го решете."
        ),
        topic=COUNTER,
        module="eservices",
        path="/console/eservices/",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Въведете заявлението вместо нея"),
                hint=_(
                    "„Въведете заявление на гише или по телефона“, изберете услуга,"
                    " „Започнете заявлението“. За ЕГН напишете 0307159274: измислено е."
                    " Измислете и другите отговори. Накрая: „Подайте заявлението“."
                ),
                acts=("eservices:application.sent",),
            ),
            MissionStep(
                sentence=_("Поемете същото заявление"),
                hint=_("Отворете го от списъка: „Поемете заявлението“."),
                acts=("eservices:application.taken",),
            ),
            MissionStep(
                sentence=_("Решете го: издайте, откажете с причина или поискайте данни"),
                hint=_(
                    "Под номера: „Издайте документа“, „Откажете с мотиви“ или"
                    " „Поискайте още данни“. Причината се чете от човека, пишете просто."
                ),
                acts=(
                    "eservices:application.decided",
                    "eservices:application.refused",
                    "eservices:application.asked",
                    "eservices:decision.proposed",
                ),
            ),
        ),
    ),
    "leak": Mission(
        title=_("Теч в 17:55"),
        story=_(
            "Пет минути преди края на работния ден се обаждат: на площада блика вода. Тръбата е на"
            " ВиК. Запишете сигнала от телефона, поемете го и го препратете."
        ),
        topic=REPORTS,
        module="reports",
        path="/console/reports/",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Запишете сигнала от телефона"),
                hint=_(
                    "„Въведете сигнал по телефона или на гише“. Името може да остане празно."
                    " Накрая: „Запишете сигнала“."
                ),
                acts=("reports:report.sent",),
            ),
            MissionStep(
                sentence=_("Поемете същия сигнал"),
                hint=_(
                    "„Отворете сигнала“, после „Поемете сигнала“: гражданинът вижда, че някой"
                    " го е чел."
                ),
                acts=("reports:report.taken",),
            ),
            MissionStep(
                sentence=_("Препратете го на ВиК"),
                hint=_(
                    "„Отговорете с резултат“, „Не е на общината“. Отворете „Не е на общината: на"
                    " кого е?“ и изберете ВиК. Накрая: „Изпратете резултата“."
                ),
                acts=("reports:report.passed-on",),
            ),
        ),
    ),
    "correction": Mission(
        title=_("Сгрешена дата в новина"),
        story=_(
            "Пишете новина, че водата спира в петък, и я публикувате. След минута звънят: спира в"
            " четвъртък. Поправете я така, че хората да видят какво е поправено."
        ),
        topic=PUBLISHING,
        module="news",
        path="/console/news/",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Напишете чернова на новина"),
                hint=_("„Напишете новина“. Две изречения стигат. Накрая: „Запазете черновата“."),
                acts=("news:item.written",),
            ),
            MissionStep(
                sentence=_("Публикувайте същата новина"),
                hint=_(
                    "Прочетете заглавието още веднъж. Бутонът е под черновата:"
                    " „Публикувайте новината“."
                ),
                acts=("news:item.published",),
            ),
            MissionStep(
                sentence=_("Поправете деня и кажете какво сте поправили"),
                hint=_(
                    "Поправете деня в новината, напишете в „Какво поправихте“ кой е верният."
                    " Накрая: „Запазете“."
                ),
                acts=("news:item.corrected",),
            ),
        ),
    ),
    "quarrel": Mission(
        title=_("Обидно становище"),
        story=_(
            "На гишето носят становище на хартия по открито обсъждане. В него авторът обижда съсед."
            " То се приема, брои се и получава отговор. Въведете го дума по дума, обадете се на"
            " автора и го скрийте по правилата."
        ),
        topic=DISCUSSIONS,
        module="consultations",
        path="/console/consultations/",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Въведете становището от хартията"),
                hint=_(
                    "Отворете обсъждане, което тече, после „Въведете становище от гише, телефон"
                    " или хартия“. Измислете името и телефона. Накрая: „Запишете становището“."
                ),
                acts=("consultations:opinion.given",),
            ),
            MissionStep(
                sentence=_("Отворете кой е авторът на същото становище и кажете защо"),
                hint=_(
                    "Намерете го в „Становища“ по номера му. „Покажете автора“: той ще види кой"
                    " го е гледал и защо."
                ),
                acts=("consultations:author.looked-at",),
            ),
            MissionStep(
                sentence=_("Скрийте го с правило и причина"),
                hint=_(
                    "„Скрийте го“, изберете правилото и напишете причината с думи, които и авторът"
                    " ще приеме. Накрая: „Скрийте становището“."
                ),
                acts=("consultations:opinion.hidden",),
            ),
        ),
    ),
    "incident": Mission(
        title=_("Седемдесет и два часа"),
        story=_(
            "В петък в 16:30 колега казва, че служебният му лаптоп е останал в автобуса. В него има"
            " молби на хора за помощ. Открийте нарушение и го доведете до края."
        ),
        topic=INCIDENTS,
        module="dataprotection",
        path="/console/dataprotection/incidents",
        minutes=15,
        steps=(
            MissionStep(
                sentence=_("Открийте нарушение с часа, в който сте разбрали"),
                hint=_("„Откриваме нарушение“. Накрая: „Открийте нарушение“."),
                acts=("dataprotection:incident.opened",),
            ),
            MissionStep(
                sentence=_("Опишете какво се е случило, чии данни са и какви мерки взехте"),
                hint=_("„Опишете какво се случи“, без имена. Накрая: „Запишете“."),
                acts=("dataprotection:incident.changed",),
            ),
            MissionStep(
                sentence=_("Решете дали се уведомяват комисията и хората, с причина"),
                hint=_(
                    "„Решете за комисията“ и „Решете за хората“. Под тях са „Готови текстове за"
                    " комисията и за хората“."
                ),
                acts=("dataprotection:incident.decided",),
            ),
            MissionStep(
                sentence=_("Приключете нарушението с поуките"),
                hint=_("„Приключете с поуките“: порталът казва какво още липсва."),
                acts=("dataprotection:incident.closed",),
            ),
        ),
    ),
    "letter": Mission(
        title=_("Писмото се върна"),
        story=_(
            "Общината е писала на Иванка Цветкова, но пощата ѝ върна писмото: такъв адрес няма. Тя"
            " още не знае за какво става дума. Намерете писмото, вижте адреса и ѝ кажете по друг"
            " начин."
        ),
        topic=COUNTER,
        module="notify",
        path="/console/notify/undelivered",
        minutes=5,
        steps=(
            MissionStep(
                sentence=_("Отворете писмото, което не е стигнало, и вижте адреса"),
                hint=_(
                    "Списъкът „Писма, които не са стигнали“ стои и под „Абонаменти“. Отворете"
                    " най-горното, после „Покажете адреса“: човекът ще види кой го е гледал."
                ),
                acts=("notify:address.opened",),
            ),
            MissionStep(
                sentence=_("Кажете на човека по друг начин и запишете как"),
                hint=_(
                    "Представете си, че се обаждате. Изберете „Казахме го по телефона“. Накрая:"
                    " „Запишете какво направихте“."
                ),
                acts=("notify:letter.settled",),
            ),
        ),
    ),
    "request": Mission(
        title=_("Какво знаете за мен?"),
        story=_(
            "На гишето идва Стоян Пробов и пита какво знае общината за него. Срокът за отговор е"
            " един месец. Въведете искането му, поемете го и му отговорете."
        ),
        topic=REQUESTS,
        module="personaldata",
        path="/console/personaldata/enter",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Въведете искането вместо него"),
                hint=_(
                    "Изберете какво се иска и как проверихте кой пита: без това не се отговаря."
                    " Името и адреса измислете. Накрая: „Запишете искането“."
                ),
                acts=("personaldata:request.sent",),
            ),
            MissionStep(
                sentence=_("Поемете същото искане"),
                hint=_("„Отворете искането“, после „Поемете искането“."),
                acts=("personaldata:request.taken",),
            ),
            MissionStep(
                sentence=_("Отговорете или откажете с мотив"),
                hint=_(
                    "„Отговорете“ или „Откажете с мотив“. Пишете какво има общината, защо го пази и"
                    " докога. При отговор накрая: „Изпратете отговора“."
                ),
                acts=("personaldata:request.answered", "personaldata:request.refused"),
            ),
        ),
    ),
    "twice": Mission(
        title=_("Платено два пъти"),
        story=_(
            "Човек плаща такса на каса. На другия ден в извлечението стои и негов превод за същото:"
            " платил е и синът му. Впишете двете плащания и поискайте връщане на второто."
        ),
        topic=PAYMENTS,
        module="billing",
        path="/console/billing/charges/",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Въведете какво се дължи"),
                hint=_("„Въведете задължение“, такса от 10 евро. Накрая: „Въведете задължението“."),
                acts=("billing:charge.made",),
            ),
            MissionStep(
                sentence=_("Приемете парите на каса"),
                hint=_("В същото задължение: „Приемете на каса“, в брой."),
                acts=("billing:payment.received",),
            ),
            MissionStep(
                sentence=_("Впишете и превода от извлечението"),
                hint=_(
                    "Отворете задължението пак, „Впишете банков превод“. Сумата е същата, номера"
                    " на превода измислете. Накрая: „Впишете превода“."
                ),
                acts=("billing:payment.received",),
            ),
            MissionStep(
                sentence=_("Поискайте връщане на второто плащане"),
                hint=_(
                    "В задължението под превода: „Поискайте връщане“. Одобрява го друг служител,"
                    " затова спирате дотук."
                ),
                acts=("billing:refund.asked",),
            ),
        ),
    ),
    **OFFICE,
}


def progress(mission: Mission, acts: Iterable[LoggedAct], *, done: int = 0) -> MissionProgress:
    """Read acts in their order; `done` is what was known before.

    A reset takes away the thing that was worked on: what was done with it counts for the next one.
    """
    base, is_out = 0, False
    beside = {act for step in mission.steps if step.is_beside for act in step.acts}
    for stretch in _between_resets(acts, beside):
        reached = {subject: _follow(mission, names, base) for subject, names in stretch.items()}
        is_out = is_out or any(late for _, late in reached.values())
        base = max([base, *(steps for steps, _ in reached.values())])
    best = max(base, done)
    return MissionProgress(best, is_out and best < len(mission.steps))


def _between_resets(
    acts: Iterable[LoggedAct], beside: Collection[str]
) -> list[Mapping[UUID | None, list[str]]]:
    """By the thing that they were done with; what is done beside it belongs to each."""
    stretches: list[dict[UUID | None, list[str]]] = [{None: []}]
    for act in acts:
        names = stretches[-1]
        if act.name == PRACTICE_RESET:
            stretches.append({None: []})
        elif act.name in beside:
            for told in names.values():
                told.append(act.name)
        else:
            earlier = [name for name in names[None] if name in beside]
            names.setdefault(act.subject_id, earlier).append(act.name)
    return list(stretches)


def _follow(mission: Mission, names: Sequence[str], base: int) -> tuple[int, bool]:
    """Steps reached by the acts upon one thing, and whether one of them came too early."""
    reached, is_out = base, False
    for name in names:
        if reached < len(mission.steps) and name in mission.steps[reached].acts:
            reached += 1
        elif any(name in step.acts for step in mission.steps[reached + 1 :]):
            is_out = True
    return reached, is_out
