"""What orders contribute: their table; the team's pages are the board's, the hands the keeper's."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.ops.backup_requests.events import EVENTS
from obshto.ops.backup_requests.models import BackupOrder
from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="orders",
    folder=Path(__file__).parent,
    models=(BackupOrder,),
    events=EVENTS,
    notices={
        "orders.ordered": _("Поръчката е приета. Страницата показва докъде е стигнала."),
        "orders.withdrawn": _("Поръчката е оттеглена"),
    },
    privacy=NoPersonalData(because="it names who of the team ordered, as the region's log does"),
)
