"""Component of retention: the only file of the module that the platform reads.

It has no switch: the duty is there whatever the municipality offers.
"""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.modules.retention.console import console
from obshto.modules.retention.events import EVENTS
from obshto.modules.retention.jobs import JOBS
from obshto.modules.retention.models import MODELS
from obshto.modules.retention.permissions import RetentionPermission
from obshto.modules.retention.seeds import seed
from obshto.modules.retention.todo import DUE
from obshto.platform.modularity.manifest import (
    Component,
    Door,
    NavEntry,
    NoPersonalData,
    Unmarked,
)

MODULE = Component(
    slug="retention",
    folder=Path(__file__).parent,
    models=MODELS,
    permissions=tuple(RetentionPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Срокове за пазене на данни"),
            endpoint="retention_console.index",
            permission=RetentionPermission.READ,
            weight=65,
        ),
    ),
    due=DUE,
    console=console,
    events=EVENTS,
    jobs=JOBS,
    notices={
        "retention.asked": _("Пресмятаме. Отворете страницата отново след минута."),
        "retention.held": _("Забраната е в сила. Данните няма да се изтрият."),
        "retention.prolonged": _("Новият последен ден е записан"),
        "retention.freed": _("Забраната е вдигната. Каквото е с изтекъл срок, ще се изтрие нощес."),
    },
    canary=Unmarked(because="its pages show counts, terms and holds, no data of people"),
    seeds=seed,
    privacy=NoPersonalData(because="it keeps counts; holds and proofs are those of the platform"),
)
