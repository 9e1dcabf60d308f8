"""What the room contributes: the operations host."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.ops.board import board
from obshto.platform.modularity.manifest import NoPersonalData, Part
from obshto.platform.web.hosts import Host

PART = Part(
    slug="ops",
    folder=Path(__file__).parent,
    front={Host.OPS: board},
    notices={"ops.stepped-in": _("Вътре сте. Отворете служебния портал на общината от списъка.")},
    privacy=NoPersonalData(because="the board shows numbers"),
)
