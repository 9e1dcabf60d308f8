"""Manifest of results: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from obshto.modules.results.citizen import citizen
from obshto.modules.results.console import console
from obshto.modules.results.events import EVENTS
from obshto.modules.results.models import MODELS, VoteNight
from obshto.modules.results.permissions import ResultsPermission
from obshto.modules.results.privacy import erase, export
from obshto.modules.results.seeds import seed
from obshto.modules.results.services.access_log import GROUND, KINDS, PURPOSES, described
from obshto.modules.results.services.counts_port import CountPages
from obshto.modules.results.services.sms_turnout import TurnoutBySms
from obshto.modules.results.services.year_figures import WAYS
from obshto.modules.results.settings import ResultsSettings
from obshto.modules.results.stations import STATIONS
from obshto.platform.modularity.incoming_sms import IncomingSms
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)
from obshto.platform.modularity.polling_places import VoteCounts
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = count(uow, select(VoteNight))
    lost = ngettext("%(num)s резултат от гласуване", "%(num)s резултата от гласуване", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="results",
    folder=Path(__file__).parent,
    title=_("Активност и резултати"),
    summary=_("Активност по часове, протоколи на секциите, резултат от гласуване на хартия."),
    called="резултат активност протокол преброяване референдум гласували кворум",
    requires=frozenset(("referendum", "polling")),  # they call the votes and keep the sections
    models=MODELS,
    permissions=tuple(ResultsPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Активност и резултати"),
            endpoint="results_citizen.index",
            hint=_("Колко са гласували по часове и какъв е резултатът от местен референдум"),
            is_task=True,
            weight=52,
        ),
        NavEntry(
            label=_("Активност и протоколи"),
            endpoint="results_console.index",
            permission=ResultsPermission.ENTER,
            weight=52,
        ),
    ),
    examples=(_("резултат от референдум"),),
    citizen=citizen,
    console=console,
    settings=ResultsSettings,
    events=EVENTS,
    notices={
        "results.rule": _("Правилото е записано"),
        "results.codes": _("Кодовете са сменени. Отпечатайте новите листа."),
        "results.turnout": _("Активността е записана"),
        "results.entered": _("Протоколът е въведен"),
        "results.photo": _("Снимката е към протокола"),
        "results.again": _("Протоколът се въвежда отначало от двама души"),
        "results.decided": _("Решението за протокола е записано"),
        "results.stepped": _("Стъпката е записана"),
        "results.duty": _("Задачата е записана"),
    },
    stations=STATIONS,
    unfinished=unfinished,
    canary=Unmarked(
        because="numbers and results are public; a photo is bytes that hold no mark, and only"
        " vote and section of this municipality lead to it"
    ),
    seeds=seed,
    offers={VoteCounts: CountPages(), IncomingSms: TurnoutBySms()},
    processing=(
        Processing(
            word="protocols",
            title=_("Протоколи на секции"),
            purpose=_("да се сверят числата с протокола, под който стоят имена и подписи"),
            ground=GROUND,
            kinds=KINDS,
            recipients=_("общинската избирателна комисия"),
            kept=_("докато резултатът стои в портала"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_(
            "За никого не знаем дали и как е гласувал. Кой служител е въвел протокол, пазим,"
            " докато е служител с профил тук. Снимките на протоколите, на които има подписи на"
            " комисията, вижда само кой ги въвежда."
        ),
    ),
    participation=WAYS,
)
