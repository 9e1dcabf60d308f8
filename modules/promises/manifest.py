"""Manifest of promises: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from obshto.modules.promises.citizen import citizen
from obshto.modules.promises.console import console
from obshto.modules.promises.datasets import DATASETS
from obshto.modules.promises.events import EVENTS
from obshto.modules.promises.jobs import JOBS
from obshto.modules.promises.models import MODELS, Promise
from obshto.modules.promises.permissions import PromisesPermission
from obshto.modules.promises.reactions import REACTIONS
from obshto.modules.promises.region import region
from obshto.modules.promises.search import SEARCH
from obshto.modules.promises.seeds import seed
from obshto.modules.promises.stations import STATIONS
from obshto.modules.promises.todo import DUE, TODO
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    NoPersonalData,
    Unmarked,
)
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    is_open = Promise.kept_on.is_(None), Promise.dropped_on.is_(None)
    number = count(uow, select(Promise).where(*is_open))
    lost = ngettext("%(num)s неизпълнено обещание", "%(num)s неизпълнени обещания", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="promises",
    folder=Path(__file__).parent,
    title=_("Какво обещахме"),
    summary=_("Обещаното от общината: изпълнено, закъсняло, отпаднало с причина."),
    called="обещание обещания обещахме срок изпълнение закъснява отчет",
    models=MODELS,
    permissions=tuple(PromisesPermission),
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Какво обещахме"),
            endpoint="promises_citizen.index",
            hint=_("Обещаното от общината: какво е изпълнено и какво закъснява"),
            is_task=True,
            weight=34,
        ),
        NavEntry(
            label=_("Обещания"),
            endpoint="promises_console.index",
            permission=PromisesPermission.OVERSEE,
            weight=34,
        ),
        NavEntry(
            label=_("Какво последва от какво"),
            endpoint="promises_console.things",
            permission=PromisesPermission.KEEP,
            weight=35,
        ),
    ),
    examples=(_("какво обеща общината"),),
    todo=TODO,
    due=DUE,
    citizen=citizen,
    console=console,
    region=region,
    events=EVENTS,
    notices={
        "promises.given": _("Обещанието е записано. Хората вече го виждат."),
        "promises.changed": _("Промените са запазени"),
        "promises.kept": _("Обещанието е отбелязано като изпълнено"),
        "promises.dropped": _("Обещанието отпадна. Причината се вижда."),
        "promises.reopened": _("Обещанието пак е сред неизпълнените"),
        "promises.linked": _("Отбелязано е. Хората виждат двете като една линия."),
        "promises.unlinked": _("Връзката е махната"),
    },
    jobs=JOBS,
    reactions=REACTIONS,
    search=SEARCH,
    stations=STATIONS,
    datasets=DATASETS,
    unfinished=unfinished,
    canary=Unmarked(because="all that its pages show is public"),
    seeds=seed,
    privacy=NoPersonalData(because="a promise is the municipality's; nobody stands beside it"),
)
