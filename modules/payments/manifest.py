"""What taxes and fees contribute: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.payments.citizen import citizen
from obshto.modules.payments.console import console
from obshto.modules.payments.events import EVENTS
from obshto.modules.payments.jobs import JOBS
from obshto.modules.payments.models import MODELS
from obshto.modules.payments.permissions import PaymentsPermission
from obshto.modules.payments.privacy import erase, export
from obshto.modules.payments.reactions import REACTIONS
from obshto.modules.payments.seeds import plant, seed
from obshto.modules.payments.services.access_log import GROUND, PURPOSES, described
from obshto.modules.payments.services.obligations import owed_in_all
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
    RiskCriterion,
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number, _cents = owed_in_all(uow)
    lost = ngettext("%(num)s неплатено задължение", "%(num)s неплатени задължения", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="payments",
    folder=Path(__file__).parent,
    title=_("Данъци и такси"),
    summary=_("Какво се дължи, докога и с каква отстъпка; плащане по кода от известието."),
    models=MODELS,
    permissions=tuple(PaymentsPermission),
    door=Door.SERVICES,
    nav=(
        NavEntry(
            label=_("Данъци и такси"),
            endpoint="payments_citizen.index",
            hint=_("Колко дължите и докога, с кода от известието"),
            is_task=True,
            weight=15,
        ),
        NavEntry(
            label=_("Данъци и такси"),
            endpoint="payments_console.index",
            permission=PaymentsPermission.FIND,
            weight=39,
        ),
    ),
    errands=(
        Errand(
            label=_("Платете данък или такса"),
            endpoint="payments_citizen.index",
            icon="euro",
            weight=20,
        ),
    ),
    delegable=(
        DelegableAct(
            word="billing:pay",
            label=_("Плаща данъци и такси"),
            blueprint="payments_citizen",
            views=("index", "notice"),
        ),
    ),
    citizen=citizen,
    console=console,
    events=EVENTS,
    outlives_restore=frozenset(model.__tablename__ for model in MODELS),  # what was paid is paid
    notices={
        "payments.read": _("Файлът е прочетен. Още нищо не е въведено."),
        "payments.imported": _("Задълженията са въведени. Хората вече ги виждат по кода си."),
        "payments.begun": _("Въвеждането започна. Може да затворите страницата."),
        "payments.undoing": _("Връщането започна. Може да затворите страницата."),
        "payments.undone": _("Въвеждането е върнато"),
        "payments.dropped": _("Файлът е отхвърлен. Нищо не е въведено."),
        "payments.term-set": _("Сроковете са записани"),
        "payments.kept": _("Известието е в профила Ви, на страница „Данъци и такси“"),
        "payments.kept-no-more": _("Известието вече не е в профила Ви"),
        "payments.rate-set": _("Лихвата е записана"),
    },
    reactions=REACTIONS,
    jobs=JOBS,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="obligation",
            title=_("Данъци и такси"),
            purpose=_("да знаете какво дължите и да го платите"),
            ground=GROUND,
            kinds=(
                DataKind.NAME,
                DataKind.NUMBER,
                DataKind.MONEY,
                DataKind.PROPERTY,
            ),
            recipients=_("служителите на „Местни данъци и такси“ и на гише"),
            kept=_("10 години след годината, в която се плащат"),
            looks=PURPOSES,
            describe=described,
            criteria=(RiskCriterion.LARGE_SCALE, RiskCriterion.SENSITIVE),
        ),
    ),
    impersonal={
        "payments_import.*": "a secret of the tax program",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.LAW,
        retention=_(
            "Пазим данъчните задължения 10 години след годината, в която се плащат. Качен файл,"
            " който не е въведен, пазим 7 дни."
        ),
        outlives_erasure=True,
    ),
)
