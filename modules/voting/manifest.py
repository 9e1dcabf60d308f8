"""Manifest of votes by phone: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.voting.citizen import citizen
from obshto.modules.voting.console import console
from obshto.modules.voting.events import EVENTS
from obshto.modules.voting.home import running
from obshto.modules.voting.jobs import JOBS
from obshto.modules.voting.models import MODELS, BoardEvent, Election, RollEntry
from obshto.modules.voting.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.voting.paper import paper_of
from obshto.modules.voting.permissions import VotingPermission
from obshto.modules.voting.search import SEARCH
from obshto.modules.voting.seeds import plant, seed
from obshto.modules.voting.services.addresses import BOOTH
from obshto.modules.voting.services.phone_votes import ElectionVotes
from obshto.modules.voting.services.queries import unfinished_count
from obshto.modules.voting.services.year_figures import WAYS
from obshto.modules.voting.stations import STATIONS
from obshto.platform.modularity.manifest import Door, ModuleManifest, NavEntry, NoPersonalData
from obshto.platform.modularity.voter_rolls import PhoneVotes
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = unfinished_count(uow)
    lost = ngettext(
        "%(num)s допитване, което всеки може да провери",
        "%(num)s допитвания, които всеки може да провери",
        number,
    )
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="voting",
    folder=Path(__file__).parent,
    title=_("Гласуване по телефона"),
    summary=_("Тайно допитване, което всеки може да преброи. До него винаги има хартия и гише."),
    called="допитване гласуване телефон електронно вот бюлетина резултат",
    models=MODELS,
    # A ballot that was acknowledged stays where it is; so does the row that it hangs on.
    outlives_restore=frozenset(model.__tablename__ for model in (Election, RollEntry, BoardEvent)),
    permissions=tuple(VotingPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Допитвания с гласуване по телефона"),
            endpoint="voting_citizen.index",
            hint=_("За какво се гласува, как се гласува и как се проверява"),
            is_task=True,
            weight=48,
        ),
        NavEntry(
            label=_("Опитайте как се гласува"),
            endpoint="voting_citizen.practise",
            hint=_("Проба, която не решава нищо"),
            weight=49,
        ),
        NavEntry(
            label=_("Гласуване по телефона"),
            endpoint="voting_console.index",
            permission=VotingPermission.SEE,
            weight=48,
        ),
    ),
    examples=(_("гласуване по телефона"),),
    citizen=citizen,
    console=console,
    separate_origin=BOOTH,
    today=running,
    events=EVENTS,
    notices={
        "voting.saved": _("Промените са записани"),
        "voting.deleted": _("Черновата е изтрита"),
        "voting.announcing": _("Подготвяме допитването. След минута вижте дали е обявено."),
        "voting.voided": _("Кодът е анулиран. Вече може да се даде хартиена бюлетина."),
        "voting.share": _("Частичното отваряне е проверено и прието"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    jobs=JOBS,
    search=SEARCH,
    stations=STATIONS,
    paper=paper_of,
    unfinished=unfinished,
    canary=plant,
    offers={PhoneVotes: ElectionVotes()},
    seeds=seed,
    privacy=NoPersonalData(
        because="roll and board hold public credentials that nobody here can tie to a person;"
        " names stay on the commission's own list, outside"
    ),
    participation=WAYS,
)
