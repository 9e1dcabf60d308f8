"""Manifest of mandates: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from obshto.modules.mandates.citizen import citizen
from obshto.modules.mandates.console import console
from obshto.modules.mandates.events import EVENTS
from obshto.modules.mandates.jobs import JOBS
from obshto.modules.mandates.models import MODELS, Mandate, MandateCounter
from obshto.modules.mandates.notifications import NOTIFICATIONS
from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.privacy import erase, export
from obshto.modules.mandates.seeds import seed
from obshto.modules.mandates.services.access_log import PURPOSES, described
from obshto.modules.mandates.services.consents import CONSENTS
from obshto.modules.mandates.services.control import plant
from obshto.modules.mandates.services.journal import KeptMandates
from obshto.modules.mandates.services.kinds import GROUND, PART, SIGNED
from obshto.modules.mandates.settings import MandateSettings
from obshto.modules.mandates.todo import DUE, TODO
from obshto.platform.modularity.delegation import Mandates
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    given = select(func.count()).select_from(Mandate).where(Mandate.state == SIGNED)
    number = uow.session.scalar(given) or 0
    lost = ngettext("%(num)s съгласие спира", "%(num)s съгласия спират", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug=PART,
    folder=Path(__file__).parent,
    title=_("Писмени съгласия за помощ"),
    summary=_(
        "Помощник от общината прави в портала от Ваше име само това, което сте му позволили."
    ),
    called="пълномощно упълномощавам помощник от мое име вместо мен баба дядо",
    models=MODELS,
    outlives_restore=frozenset((MandateCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(MandatesPermission),
    settings=MandateSettings,
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Писмено съгласие за помощ"),
            endpoint="mandates_citizen.index",
            hint=_("Човек от общината прави нещо в портала вместо Вас"),
            weight=34,
        ),
        NavEntry(
            label=_("Моите съгласия за помощ"),
            endpoint="mandates_citizen.mine",
            hint=_("На кого сте дали и какво е направено от Ваше име"),
            weight=36,
        ),
        NavEntry(
            label=_("Съгласия за помощ от хора"),
            endpoint="mandates_console.index",
            permission=MandatesPermission.PREPARE,
            weight=34,
        ),
        NavEntry(
            label=_("Съгласия за помощ на мое име"),
            endpoint="mandates_console.mine",
            permission=MandatesPermission.ACT,
            weight=35,
        ),
    ),
    examples=(_("писмено съгласие за помощ"),),
    todo=TODO,
    due=DUE,
    citizen=citizen,
    console=console,
    events=EVENTS,
    notices={
        "mandates.prepared": _("Съгласието е подготвено. Сега го прочетете на глас."),
        "mandates.signed": _("Съгласието важи от сега"),
        "mandates.withdrawn": _("Съгласието е оттеглено. С него вече нищо не може да се прави."),
        "mandates.acting": _(
            "Вече действате от името на човека. Горе на всяка страница пише за кого."
        ),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    offers={Mandates: KeptMandates()},
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="mandate",
            title=_("Писмени съгласия за помощ"),
            purpose=_("помощник да действа от Ваше име и Вие да виждате какво е направил"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT),
            recipients=_("помощникът и служителите, които водят съгласията"),
            kept=_("пет години, след като съгласието приключи"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    consents=CONSENTS,
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.LAW,
        retention=_(
            "Пазим името, свидетелите, подписите на екрана и дневника пет години, след като"
            " съгласието приключи, а неподписаното един месец. После остават номерът, за какво е"
            " било и дните."
        ),
        outlives_erasure=True,
    ),
)
