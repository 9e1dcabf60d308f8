"""What the room contributes: the operations host."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.ops.board import board
from obshto.ops.dashboard.metrics import TAKE_READINGS
from obshto.ops.events import JobDiscarded, JobRetried, MunicipalityPutBack, MunicipalityRestored
from obshto.ops.models import BackupRun, Reading, RequestHour, RequestMinute, Restoration
from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.web.hosts import Host

COMPONENT = Component(
    slug="ops",
    folder=Path(__file__).parent,
    models=(BackupRun, Restoration, Reading, RequestMinute, RequestHour),
    events=(MunicipalityRestored, MunicipalityPutBack, JobRetried, JobDiscarded),
    jobs=(TAKE_READINGS,),
    front={Host.OPS: board},
    notices={
        "ops.stepped-in": _("Вътре сте. Отворете служебния портал на общината от списъка."),
        "ops.retried": _("Задачата тръгва отново"),
        "ops.law-entered": _("Стойността важи във всички общини"),
        "ops.discarded": _("Задачата е отменена"),
    },
    privacy=NoPersonalData(because="the board shows numbers"),
)
