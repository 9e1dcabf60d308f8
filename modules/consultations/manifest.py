"""Manifest of consultations: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.consultations.citizen import citizen
from obshto.modules.consultations.console import console
from obshto.modules.consultations.datasets import DATASETS
from obshto.modules.consultations.events import EVENTS
from obshto.modules.consultations.home import closing_first, open_in_region
from obshto.modules.consultations.jobs import JOBS
from obshto.modules.consultations.models import MODELS, OpinionCounter
from obshto.modules.consultations.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.consultations.outcomes import OUTCOMES
from obshto.modules.consultations.paper import paper_of
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.privacy import erase, export
from obshto.modules.consultations.reactions import REACTIONS
from obshto.modules.consultations.region import region
from obshto.modules.consultations.search import SEARCH
from obshto.modules.consultations.seeds import plant, seed
from obshto.modules.consultations.services.access_log import GROUND, described
from obshto.modules.consultations.services.intake import ConsultationDesk
from obshto.modules.consultations.services.moderation import OpinionModeration
from obshto.modules.consultations.services.queries import lists
from obshto.modules.consultations.services.results import PublicResults
from obshto.modules.consultations.services.year_figures import WAYS
from obshto.modules.consultations.settings import ConsultationsSettings
from obshto.modules.consultations.stations import STATIONS
from obshto.modules.consultations.todo import DUE, TODO
from obshto.platform.moderation.port import ModeratedPart
from obshto.platform.modularity.consultation_results import ConsultationResults
from obshto.platform.modularity.intakes import ConsultationIntake
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.modularity.public_outcomes import OUTCOMES_LINE
from obshto.platform.purposes.senders import PURPOSES
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose, what staff have begun."""
    numbers = counts(uow, lists(uow.now))
    opened, waiting, drafts = (numbers[word] for word in ("open", "waiting", "drafts"))
    losses = (
        (opened, ngettext("%(num)s отворена консултация", "%(num)s отворени консултации", opened)),
        (
            waiting,
            ngettext(
                "%(num)s консултация без резултат", "%(num)s консултации без резултат", waiting
            ),
        ),
        (
            drafts,
            ngettext("%(num)s чернова на консултация", "%(num)s чернови на консултации", drafts),
        ),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="consultations",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Обществени консултации"),
    summary=_("Проект се обсъжда, всяко становище получава отговор, после се публикува резултат."),
    called="консултация обсъждане становище мнение наредба бюджет проект",
    models=MODELS,
    outlives_restore=frozenset((OpinionCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(ConsultationsPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Консултации"),
            endpoint="consultations_citizen.index",
            hint=_("Кажете мнението си за наредба, бюджет или план и вижте отговора"),
            is_task=True,
            weight=30,
        ),
        OUTCOMES_LINE,
        NavEntry(
            label=_("Моите становища"),
            endpoint="consultations_citizen.mine",
            hint=_("Какво казахте и какво отговори общината"),
            weight=32,
        ),
        NavEntry(
            label=_("Консултации"),
            endpoint="consultations_console.index",
            permission=ConsultationsPermission.SEE,
            weight=33,
        ),
    ),
    errands=(
        Errand(
            label=_("Обсъдете проект на общината"),
            endpoint="consultations_citizen.index",
            icon="file-text",
            weight=55,
        ),
    ),
    examples=(_("наредба за обсъждане"),),
    todo=TODO,
    outcomes=OUTCOMES,
    due=DUE,
    citizen=citizen,
    console=console,
    region=region,
    today=closing_first,
    region_home=open_in_region,
    settings=ConsultationsSettings,
    events=EVENTS,
    notices={
        "consultations.given": _("Получихме становището Ви"),
        "consultations.awaits": _("Почти готово: потвърдете становището от писмото"),
        "consultations.awaits-sms": _("Почти готово: потвърдете становището с кода от SMS"),
        "consultations.code-sent": _("Пратихме кода още веднъж"),
        "consultations.supported": _("Подкрепата Ви е записана"),
        "consultations.support-entered": _("Подкрепата е записана"),
        "consultations.supported-before": _("Този човек вече подкрепя становището"),
        "consultations.unsupported": _("Подкрепата Ви е оттеглена"),
        "consultations.written": _("Консултацията е запазена като чернова"),
        "consultations.saved": _("Промените са запазени"),
        "consultations.published": _("Консултацията е публикувана. Гражданите вече я виждат."),
        "consultations.extended": _("Срокът е удължен. Причината се вижда в портала."),
        "consultations.deleted": _("Черновата е изтрита. До 30 дни може да я върнете."),
        "consultations.restored": _("Черновата е върната"),
        "consultations.document-added": _("Файлът е прикачен"),
        "consultations.document-removed": _("Файлът е махнат"),
        "consultations.invited": _("Организацията е записана сред поканените"),
        "consultations.invitation-withdrawn": _("Поканата е махната"),
        "consultations.entered": _("Становището е записано"),
        "consultations.looked": _("Авторът ще види, че сте гледали данните му"),
        "consultations.looked-many": _("Авторите ще видят, че сте гледали данните им"),
        "consultations.told": _("Записано е, че казахте на автора"),
        "consultations.told-many": _("Записано е, че казахте на авторите"),
        "consultations.appeal-entered": _("Възражението е записано. Решава друг служител."),
        "consultations.hidden": _("Становището е скрито. Причината се вижда на мястото му."),
        "consultations.shown": _("Становището отново се вижда"),
        "consultations.hidden-many": _("Становищата са скрити. Причината се вижда на мястото им."),
        "consultations.shown-many": _("Становищата отново се виждат"),
        "consultations.version-published": _("Новият текст е публикуван до стария"),
        "consultations.grouping": _("Групите се правят. Отворете страницата пак след минута."),
        "consultations.answered": _("Отговорът е записан"),
        "consultations.on-agenda": _("Точката е в дневния ред. Решението ще се види и тук."),
        "consultations.outcome-published": _("Резултатът е публикуван. Пишем на авторите."),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    reactions=REACTIONS,
    jobs=JOBS,
    search=SEARCH,
    stations=STATIONS,
    participation=WAYS,
    paper=paper_of,
    offers={
        ConsultationIntake: ConsultationDesk(),
        ConsultationResults: PublicResults(),
        ModeratedPart: OpinionModeration(),
    },
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="opinion",
            title=_("Обществени консултации"),
            purpose=_("да отговорим на становището Ви"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.WORDS, DataKind.FILES),
            recipients=_("служителите, които отговарят на становищата"),
            kept=_("една година след резултата"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    impersonal={
        "consultations_group.words": "the municipality's answer to alike opinions",
        "consultations_opinion.words": "what is published; who said it stands apart",
        "consultations_opinion.organisation": "an organisation is no person",
        "consultations_opinion.salt": "of the public record",
        "consultations_opinion.author_salt": "of the public record",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Становището остава публично. Кой го е написал, пазим една година след резултата,"
            " а име, което сте поискали да се вижда – докато не поискате да го махнем. Имейл на"
            " поканена организация – също до година след резултата."
        ),
        outlives_erasure=True,
    ),
)
