"""Manifest of voters: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.voters.citizen import citizen
from obshto.modules.voters.console import console
from obshto.modules.voters.events import EVENTS
from obshto.modules.voters.jobs import JOBS
from obshto.modules.voters.models import MODELS
from obshto.modules.voters.notifications import NOTIFICATIONS
from obshto.modules.voters.permissions import VotersPermission
from obshto.modules.voters.privacy import erase, export
from obshto.modules.voters.seeds import seed
from obshto.modules.voters.services.access_log import GROUND, KINDS, PURPOSES, described
from obshto.modules.voters.services.kinds import PART
from obshto.modules.voters.services.rolls import RegisteredRolls, ready_number
from obshto.modules.voters.todo import TODO
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
    Unmarked,
)
from obshto.platform.modularity.voter_rolls import VoterRolls
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = ready_number(uow)
    lost = ngettext(
        "%(num)s регистриран гласоподавател", "%(num)s регистрирани гласоподаватели", number
    )
    return [lost] if number else []


MODULE = ModuleManifest(
    slug=PART,
    folder=Path(__file__).parent,
    title=_("Регистрация за гласуване"),
    summary=_("Хората се регистрират веднъж и за всяко допитване получават писмо с код."),
    called="регистрация гласоподавател гласуване телефон допитване писмо код",
    requires=frozenset(("voting",)),  # it holds the votes
    models=MODELS,
    permissions=tuple(VotersPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Регистрация за гласуване"),
            endpoint="voters_citizen.index",
            hint=_("Регистрирате се веднъж и получавате писмо с код за всяко допитване"),
            is_task=True,
            weight=49,
        ),
        NavEntry(
            label=_("Моята регистрация за гласуване"),
            endpoint="voters_citizen.mine",
            hint=_("Докъде е стигнала и как получавате писмото"),
            weight=50,
        ),
        NavEntry(
            label=_("Регистрации за гласуване"),
            endpoint="voters_console.index",
            permission=VotersPermission.REGISTER,
            weight=49,
        ),
    ),
    shortcuts=(
        NavEntry(
            label=_("Регистрирайте гласоподавател"),
            endpoint="voters_console.register",
            permission=VotersPermission.REGISTER,
            weight=22,
        ),
    ),
    todo=TODO,
    examples=(_("регистрация за гласуване"),),
    citizen=citizen,
    console=console,
    events=EVENTS,
    notices={
        "voters.asked": _("Регистрацията е изпратена"),
        "voters.confirmed": _("Входът Ви е потвърден"),
        "voters.withdrawn": _("Регистрацията е оттеглена"),
        "voters.entered": _("Регистрацията е записана. Отпечатайте я за подпис."),
        "voters.checked": _("Документът е отбелязан"),
        "voters.refused": _("Регистрацията е отказана"),
        "voters.listed": _("Списъкът е приет. Файлът не се пази."),
        "voters.frozen": _("Списъкът на гласоподавателите е изготвен"),
        "voters.dropped": _("Списъкът е отменен. Може да изготвите нов."),
        "voters.paper": _("Кодът е анулиран. Дайте хартиената бюлетина."),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    unfinished=unfinished,
    canary=Unmarked(
        because="no list shows what a person wrote; a name is shown after a recorded look alone"
    ),
    seeds=seed,
    offers={VoterRolls: RegisteredRolls()},
    processing=(
        Processing(
            word="registration",
            title=_("Регистрация за гласуване"),
            purpose=_("да получите писмо с код за допитванията на общината"),
            ground=GROUND,
            kinds=(*KINDS, DataKind.NUMBER),
            recipients=_("комисията, която отпечатва и раздава писмата"),
            kept=_("до три месеца след оттегляне или отказ; в списък: шест месеца след края"),
            looks=PURPOSES,
            describe=described,
            criteria=(RiskCriterion.LARGE_SCALE, RiskCriterion.MATCHING),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.LAW,
        retention=_(
            "Пазим името, адреса и телефона, докато сте регистрирани, и три месеца след оттегляне"
            " или отказ. ЕГН не пазим: остава само отпечатък, по който се вижда, че сте в списъка."
            " Ако сте в списъка на допитване, името Ви остава в него шест месеца след края му."
        ),
        outlives_erasure=True,
    ),
)
