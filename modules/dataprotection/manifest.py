"""Component of data protection: the only file of the module that the platform reads.

It has no switch: the duties of the municipality are there whatever it offers.
"""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.modules.dataprotection.citizen import citizen
from obshto.modules.dataprotection.console import console
from obshto.modules.dataprotection.events import EVENTS
from obshto.modules.dataprotection.jobs import JOBS
from obshto.modules.dataprotection.models import MODELS, IncidentCounter
from obshto.modules.dataprotection.notifications import NOTIFICATIONS
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.privacy import erase, export
from obshto.modules.dataprotection.seeds import seed
from obshto.modules.dataprotection.services.findings import GROUND, PURPOSES
from obshto.modules.dataprotection.settings import DataProtectionSettings
from obshto.modules.dataprotection.todo import DUE, TODO
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Door,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
    Unmarked,
)

MODULE = Component(
    slug="dataprotection",
    folder=Path(__file__).parent,
    models=MODELS,
    outlives_restore=frozenset((IncidentCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(DataProtectionPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Политика за личните данни"),
            endpoint="dataprotection_citizen.index",
            hint=_("Какво прави общината с лични данни и кой отговаря за тях"),
            weight=61,
        ),
        NavEntry(
            label=_("Защита на личните данни"),
            endpoint="dataprotection_console.index",
            permission=DataProtectionPermission.READ,
            weight=64,
        ),
    ),
    own_data=(
        NavEntry(
            label=_("Политиката на общината за личните данни"),
            endpoint="dataprotection_citizen.index",
            hint=_("Регистърът, който кметът е одобрил, и какво е променено в него"),
            weight=50,
        ),
    ),
    todo=TODO,
    due=DUE,
    citizen=citizen,
    console=console,
    events=EVENTS,
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    settings=DataProtectionSettings,
    notices={
        "dataprotection.activity-kept": _("Дейността е записана"),
        "dataprotection.activity-removed": _("Дейността е извадена от регистъра"),
        "dataprotection.proposed": _("Регистърът чака одобрение от кмета"),
        "dataprotection.approved": _("Регистърът е одобрен и политиката се вижда в портала"),
        "dataprotection.returned": _("Регистърът е върнат с причина"),
        "dataprotection.assessment-kept": _("Оценката е записана"),
        "dataprotection.assessment-proposed": _("Оценката чака одобрение"),
        "dataprotection.assessment-approved": _("Оценката е одобрена"),
        "dataprotection.assessment-returned": _("Оценката е върната с причина"),
        "dataprotection.explained": _("Обяснението е записано"),
        "dataprotection.acquainted": _("Отбелязано е, че се познават"),
        "dataprotection.strangers": _("Отбелязването е махнато"),
        "dataprotection.incident-opened": _("Нарушението е открито. Тече срок от 72 часа."),
        "dataprotection.facts-kept": _("Фактите са записани"),
        "dataprotection.authority-kept": _("Решението за комисията е записано"),
        "dataprotection.persons-kept": _("Решението за хората е записано"),
        "dataprotection.close-kept": _("Нарушението е приключено"),
        "dataprotection.leave-kept": _("Отпускът е записан"),
        "dataprotection.leave-removed": _("Отпускът е изваден"),
        "dataprotection.drill-planned": _("Учението е насрочено"),
        "dataprotection.noted": _("Бележката е записана"),
        "dataprotection.contract-kept": _("Договорът е записан"),
        "dataprotection.contract-removed": _("Договорът е изваден от списъка"),
    },
    canary=Unmarked(because="citizens see what the mayor approved, and no person stands in it"),
    seeds=seed,
    processing=(
        Processing(
            word="finding",
            title=_("Проверка на прегледи на лични данни"),
            purpose=_("да открием, ако служител отваря данни без нужда"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.ACTS),
            recipients=_("длъжностното лице; за него – кметът и секретарят"),
            kept=_("5 години, след като е решено"),
            looks=PURPOSES,
            is_of_staff=True,
            criteria=(RiskCriterion.MONITORING, RiskCriterion.VULNERABLE),
        ),
        Processing(
            word="leave",
            title=_("Отпуски на служителите"),
            purpose=_("да открием, ако някой отваря данни от името на отсъстващ служител"),
            ground="Регламент (ЕС) 2016/679, чл. 32",
            kinds=(DataKind.NAME, DataKind.ACTS),
            recipients=_("кметът, секретарят и длъжностното лице по защита на данните"),
            kept=_("1 година след последния ден"),
            is_of_staff=True,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.PROOF,
        retention=_(
            "Пазим 5 години проверките на необичайни прегледи и нарушенията, а дните на отпуск –"
            " една година. Те са за служители; името на гражданин в тях не стои."
        ),
    ),
)
