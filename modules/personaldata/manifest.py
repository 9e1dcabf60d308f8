"""Component of personal data: the only file of the module that the platform reads.

It has no switch: nobody can turn the rights of people off.
"""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.modules.personaldata.citizen import citizen
from obshto.modules.personaldata.console import console
from obshto.modules.personaldata.events import EVENTS
from obshto.modules.personaldata.jobs import JOBS
from obshto.modules.personaldata.models import MODELS, RequestCounter
from obshto.modules.personaldata.notifications import NOTIFICATIONS
from obshto.modules.personaldata.permissions import PersonalDataPermission
from obshto.modules.personaldata.privacy import erase, export
from obshto.modules.personaldata.seeds import seed
from obshto.modules.personaldata.services.access_log import ANSWER, GROUND
from obshto.modules.personaldata.services.control import plant
from obshto.modules.personaldata.services.counter_copy import COPY
from obshto.modules.personaldata.services.counter_print import PRINT
from obshto.modules.personaldata.services.queries import described
from obshto.modules.personaldata.todo import DUE, TODO
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Door,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)

MODULE = Component(
    slug="personaldata",
    folder=Path(__file__).parent,
    models=MODELS,
    outlives_restore=frozenset((RequestCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(PersonalDataPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Лични данни"),
            endpoint="personaldata_citizen.index",
            hint=_("Вижте кой е гледал данните Ви и поискайте каквото Ви се полага"),
            weight=60,
        ),
        NavEntry(
            label=_("Искания за лични данни"),
            endpoint="personaldata_console.index",
            permission=PersonalDataPermission.HANDLE,
            weight=60,
        ),
        NavEntry(
            label=_("Въведете искане за лични данни"),
            endpoint="personaldata_console.enter",
            permission=PersonalDataPermission.ENTER,
            weight=61,
        ),
        NavEntry(
            label=_("Отпечатайте кой е гледал данните"),
            endpoint="personaldata_console.ask_print",
            permission=PersonalDataPermission.ENTER,
            weight=62,
        ),
        NavEntry(
            label=_("Отпечатайте копие на данните"),
            endpoint="personaldata_console.ask_copy",
            permission=PersonalDataPermission.ENTER,
            weight=62,
        ),
        NavEntry(
            label=_("Брой искания за лични данни"),
            endpoint="personaldata_console.numbers",
            permission=PersonalDataPermission.OVERSEE,
            weight=63,
        ),
    ),
    own_data=(
        NavEntry(
            label=_("Кой е гледал данните Ви"),
            endpoint="personaldata_citizen.looks",
            hint=_("Коя служба, кога, какво и защо; с едно натискане питате за причината"),
            weight=10,
        ),
        NavEntry(
            label=_("Вашите съгласия"),
            endpoint="personaldata_citizen.given",
            hint=_("За какво сте се съгласили, с какви думи и как го спирате"),
            weight=20,
        ),
        NavEntry(
            label=_("Вашите искания за лични данни"),
            endpoint="personaldata_citizen.mine",
            hint=_("Докъде са стигнали и до кога общината отговаря"),
            weight=30,
        ),
        NavEntry(
            label=_("Всички права и ново искане"),
            endpoint="personaldata_citizen.index",
            hint=_("С профил, без профил, на гише или по пощата"),
            weight=40,
        ),
    ),
    todo=TODO,
    due=DUE,
    citizen=citizen,
    console=console,
    events=EVENTS,
    notices={
        "personaldata.sent": _("Приехме искането Ви"),
        "personaldata.same": _("Вече сте подали същото и то е в работа. Не е нужно да питате пак."),
        "personaldata.to-confirm": _("Пратихме писмо на имейла Ви. Потвърдете искането от него."),
        "personaldata.written-again": _(
            "Такова искане вече има. Ако е Ваше, ще намерите писмо за него на имейла си."
        ),
        "personaldata.confirmed": _("Потвърдихте искането"),
        "personaldata.why-sent": _("Попитахме защо. Общината ще Ви отговори."),
        "personaldata.withdrawn": _("Оттеглихте искането"),
        "personaldata.consent-withdrawn": _("Оттеглихте съгласието си. Това е разписката."),
        "personaldata.entered": _("Искането е записано"),
        "personaldata.entered-before": _("Човекът вече има такова отворено искане. Остава едно."),
        "personaldata.taken": _("Искането вече е Ваше"),
        "personaldata.assembling": _("Сглобяваме копието. След малко ще бъде готово."),
        "personaldata.identified": _("Отбелязахте как е проверена самоличността"),
        "personaldata.asked": _("Човекът ще прочете как да докаже кой е"),
        "personaldata.extended": _("Удължихте срока и човекът е уведомен"),
        "personaldata.answered": _("Отговорът е изпратен"),
        "personaldata.limited": _("Отговорът е изпратен и данните вече не се ползват"),
        "personaldata.lifted": _("Ограничението се вдига след един ден и човекът е уведомен"),
        "personaldata.proposed": _("Отговорът е изпратен. Другият профил още трябва да потвърди."),
        "personaldata.linked": _("Вече виждате двата си профила заедно"),
        "personaldata.parted": _("Профилите не се виждат заедно"),
        "personaldata.refused": _("Отказът е изпратен"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="request",
            title=_("Искания за лични данни"),
            purpose=_("да отговорим на искането Ви и да не дадем данни на друг"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.ADDRESS, DataKind.WORDS),
            recipients=_("длъжностното лице по защита на данните"),
            kept=_("5 години след отговора, копието на данните – 30 дни"),
            looks={
                ANSWER: _("Отговаря на Вашето искане за лични данни"),
                PRINT: _("Отпечата на гише кой е гледал данните Ви"),
                COPY: _("Отпечата на гише копие на данните Ви"),
            },
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.PROOF,
        retention=_(
            "Пазим исканията за лични данни 5 години след отговора. Сглобеното копие пазим 30 дни."
            " Искане, което никой не е потвърдил от имейла си, изтриваме след 14 дни."
        ),
        outlives_erasure=True,
    ),
)
