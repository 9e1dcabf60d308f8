"""Manifest of courses: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.courses.citizen import citizen
from obshto.modules.courses.console import console
from obshto.modules.courses.events import EVENTS
from obshto.modules.courses.jobs import JOBS
from obshto.modules.courses.models import MODELS
from obshto.modules.courses.notifications import NOTIFICATIONS
from obshto.modules.courses.paper import paper_of
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.privacy import erase, export
from obshto.modules.courses.reactions import REACTIONS
from obshto.modules.courses.search import SEARCH
from obshto.modules.courses.seeds import plant, seed
from obshto.modules.courses.services.booking_kind import KIND
from obshto.modules.courses.services.kinds import PART
from obshto.modules.courses.services.queries import published
from obshto.modules.courses.settings import CoursesSettings
from obshto.modules.courses.todo import TODO
from obshto.platform.bookings.queries import coming_number
from obshto.platform.documents.kinds import DocumentKind
from obshto.platform.modularity.manifest import (
    DataKind,
    DelegableAct,
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    shown, coming = count(uow, published()), coming_number(uow, PART)
    losses = (
        (shown, ngettext("%(num)s публикуван курс", "%(num)s публикувани курса", shown)),
        (coming, ngettext("%(num)s записан човек", "%(num)s записани души", coming)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="courses",
    folder=Path(__file__).parent,
    title=_("Курсове"),
    summary=_("Курсове по компютър и интернет: записване, присъствие, удостоверение с код."),
    called="курс обучение компютър уроци занятия удостоверение учител",
    models=MODELS,
    permissions=tuple(CoursesPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Курсове"),
            endpoint="courses_citizen.index",
            hint=_("Научете се: компютър, интернет, телефон, услугите на общината"),
            is_task=True,
            weight=26,
        ),
        NavEntry(
            label=_("Моите курсове"),
            endpoint="courses_citizen.mine",
            hint=_("Дни, материали, удостоверение"),
            weight=27,
        ),
        NavEntry(
            label=_("Групи на курсове"),
            endpoint="courses_console.index",
            permission=CoursesPermission.TEACH,
            weight=26,
        ),
        NavEntry(
            label=_("Обаждания за курсове"),
            endpoint="courses_console.calls",
            permission=CoursesPermission.TEACH,
            weight=27,
        ),
        NavEntry(
            label=_("Курсове"),
            endpoint="courses_console.catalogue",
            permission=CoursesPermission.KEEP,
            weight=27,
        ),
        NavEntry(
            label=_("Статистика на курсовете"),
            endpoint="courses_console.numbers",
            permission=CoursesPermission.OVERSEE,
            weight=28,
        ),
        NavEntry(
            label=_("Отчети за курсовете"),
            endpoint="courses_console.reports",
            permission=CoursesPermission.OVERSEE,
            weight=29,
        ),
    ),
    errands=(
        Errand(
            label=_("Запишете се на курс"),
            endpoint="courses_citizen.index",
            icon="user",
            weight=55,
        ),
    ),
    examples=(_("курс за начинаещи"),),
    delegable=(
        DelegableAct(
            word="courses:enrol",
            label=_("Записва за обучения и се отказва от тях"),
            blueprint="courses_citizen",
            views=("enter", "enrolment", "cancel", "accept"),
        ),
    ),
    citizen=citizen,
    console=console,
    settings=CoursesSettings,
    bookings=(KIND,),
    todo=TODO,
    issues=(DocumentKind(part=PART),),
    events=EVENTS,
    notices={
        "courses.enrolled": _("Мястото е Ваше"),
        "courses.queued": _("Записахме Ви при чакащите"),
        "courses.cancelled": _("Записването е отменено"),
        "courses.came": _("Отбелязахме, че сте тук"),
        "courses.tested": _("Благодарим. Отговорите са преброени."),
        "courses.certified": _("Удостоверението е издадено"),
        "courses.revoked": _("Удостоверението е отменено"),
        "courses.entered": _("Записахте човека"),
        "courses.looked": _("Хората ще видят, че сте гледали имената им"),
        "courses.called": _("Записахме как е минало обаждането"),
        "courses.marked": _("Присъствието е запазено"),
        "courses.lesson-cancelled": _("Занятието е отменено и пишем на всички записани"),
        "courses.substituted": _("Сменихме преподавателя на занятието и пишем на всички"),
        "courses.goes-on": _("Групата ще се проведе"),
        "courses.group-cancelled": _("Групата няма да се проведе и пишем на хората"),
        "courses.written": _("Записано е като чернова. Добавете група и публикувайте."),
        "courses.saved": _("Промените са запазени"),
        "courses.published": _("Гражданите вече го виждат"),
        "courses.hidden": _("Гражданите вече не го виждат"),
        "courses.owed": _("Мястото е Ваше. Остава да платите."),
        "courses.exemption-saved": _("Намалението е записано"),
        "courses.proof-seen": _("Отбелязахме, че документът е видян"),
        "courses.full-price": _("Поискахме цялата цена и пишем на човека"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    reactions=REACTIONS,
    search=SEARCH,
    paper=paper_of,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="course",
            title=_("Курсове"),
            purpose=_("да Ви запишем за курс и да Ви дадем удостоверение"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.ANSWERS, DataKind.MONEY),
            recipients=_("преподавателят и служителите, които записват за курсове"),
            kept=_("90 дни след курса; удостоверението 5 години; плащането 10 години"),
        ),
    ),
    impersonal={
        "courses_note.*": "a teacher's own, shown to nobody else",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим кой е записан за курс 90 дни след края му. Издаденото удостоверение пазим 5"
            " години; после остават само номерът, кодът и датата, за да може да се провери."
            " Защо сте платили по-малко, пазим 90 дни след курса. Документите за плащане пазим 10"
            " години: Закон за счетоводството, чл. 12."
        ),
        outlives_erasure=True,
    ),
)
