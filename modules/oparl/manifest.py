"""Manifest of OParl: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.modules.oparl.citizen import citizen
from obshto.modules.oparl.events import EVENTS
from obshto.modules.oparl.jobs import JOBS
from obshto.modules.oparl.models import MODELS, OparlObject
from obshto.modules.oparl.reactions import REACTIONS
from obshto.modules.oparl.seeds import seed
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    NoPersonalData,
    Unmarked,
)

MODULE = ModuleManifest(
    slug="oparl",
    folder=Path(__file__).parent,
    requires=frozenset({"council"}),
    title=_("Данни за общинския съвет"),
    summary=_("Съветници, заседания и решения за програмите на други хора."),
    called="данни програми съвет oparl api",
    models=MODELS,
    outlives_restore=frozenset((OparlObject.__tablename__,)),  # who follows is told what changed
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Данни за общинския съвет"),
            endpoint="oparl_citizen.index",
            hint=_("За хора, които пишат програми: съветници, заседания и решения"),
            weight=95,
        ),
    ),
    citizen=citizen,
    events=EVENTS,
    reactions=REACTIONS,
    jobs=JOBS,
    seeds=seed,
    canary=Unmarked(because="it tells only what other parts show everybody"),
    privacy=NoPersonalData(
        because="it tells of elected officials what the pages of the council tell everybody"
    ),
)
