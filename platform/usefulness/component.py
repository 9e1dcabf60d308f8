"""Component of usefulness: the question on a page, the count for staff, a year of answers."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    Door,
    Job,
    NavEntry,
    NoPersonalData,
    RetentionRule,
    Unmarked,
)
from obshto.platform.modularity.retention_rules import STORAGE_LIMITATION
from obshto.platform.usefulness.citizen import COUNTED, citizen
from obshto.platform.usefulness.console import console
from obshto.platform.usefulness.models import UsefulnessAnswer
from obshto.platform.usefulness.permissions import UsefulnessPermission
from obshto.platform.usefulness.services import forget_answers

ANSWERS = RetentionRule(
    what=_("Дали една страница е била полезна, без имена"),
    kept=_("1 година"),
    ground=STORAGE_LIMITATION,
)
COMPONENT = Component(
    slug="usefulness",
    folder=Path(__file__).parent,
    models=(UsefulnessAnswer,),
    permissions=tuple(UsefulnessPermission),
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Какво е полезно на хората"),
            endpoint="usefulness_console.index",
            permission=UsefulnessPermission.SEE,
            weight=58,
        ),
    ),
    citizen=citizen,
    console=console,
    jobs=(
        Job(
            name="usefulness:forget-answers",
            run=forget_answers,
            every="57 1 * * *",
            retention=ANSWERS,
        ),
    ),
    notices={COUNTED: _("Благодарим. Отбелязахме отговора Ви, без да знаем кой сте.")},
    canary=Unmarked(because="it keeps counts, the titles are those of the parts"),
    privacy=NoPersonalData(because="an answer has a day and no hour, and is nobody's"),
)
