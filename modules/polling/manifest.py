"""Manifest of polling: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.polling.citizen import citizen
from obshto.modules.polling.console import console
from obshto.modules.polling.events import EVENTS
from obshto.modules.polling.jobs import JOBS
from obshto.modules.polling.models import MODELS
from obshto.modules.polling.permissions import PollingPermission
from obshto.modules.polling.privacy import erase, export
from obshto.modules.polling.seeds import seed
from obshto.modules.polling.services.access_log import GROUND, KINDS, PURPOSES, described
from obshto.modules.polling.services.sections import open_sections
from obshto.modules.polling.services.votes import SectionPlaces
from obshto.modules.polling.settings import PollingSettings
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)
from obshto.platform.modularity.polling_places import PollingPlaces
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = count(uow, open_sections())
    lost = ngettext("%(num)s избирателна секция", "%(num)s избирателни секции", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="polling",
    folder=Path(__file__).parent,
    title=_("Къде се гласува"),
    summary=_("Избирателни секции по адрес, комисии и материали за гласуване на хартия."),
    called="къде гласувам избирателна секция адрес гласуване референдум",
    requires=frozenset(("referendum",)),  # it calls the votes
    models=MODELS,
    permissions=tuple(PollingPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Къде гласувам?"),
            endpoint="polling_citizen.index",
            hint=_("Вашата избирателна секция по адрес, как се влиза и с кой автобус"),
            is_task=True,
            weight=51,
        ),
        NavEntry(
            label=_("Избирателни секции"),
            endpoint="polling_console.index",
            permission=PollingPermission.KEEP,
            weight=51,
        ),
    ),
    examples=(_("избирателна секция"),),
    citizen=citizen,
    console=console,
    settings=PollingSettings,
    events=EVENTS,
    notices={
        "polling.saved": _("Секцията е записана"),
        "polling.closed": _("Секцията е закрита. Хората вече не я виждат."),
        "polling.reopened": _("Секцията пак е отворена"),
        "polling.addresses": _("Адресите на секцията са записани"),
        "polling.commission": _("Комисията е записана"),
        "polling.packed": _("Материалите са записани"),
    },
    jobs=JOBS,
    unfinished=unfinished,
    canary=Unmarked(
        because="sections are public; names of commissions are shown after a recorded look alone"
    ),
    seeds=seed,
    offers={PollingPlaces: SectionPlaces()},
    processing=(
        Processing(
            word="commission",
            title=_("Секционни комисии"),
            purpose=_("да се съставят комисиите и членовете им да бъдат извикани"),
            ground=GROUND,
            kinds=KINDS,
            recipients=_("общинската избирателна комисия"),
            kept=_("шест месеца след гласуването, ако общината не е решила друго"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.LAW,
        retention=_(
            "Имената и телефоните на членовете на секционните комисии пазим след гласуването"
            " колкото е избрала общината: шест месеца, ако не е решила друго. Адреса, по който"
            " търсите секция, не пазим."
        ),
    ),
)
