"""What the room contributes: the operations host."""

from pathlib import Path

from obshto.ops.board import board
from obshto.platform.modularity.manifest import NoPersonalData, Part
from obshto.platform.web.hosts import Host

PART = Part(
    slug="ops",
    folder=Path(__file__).parent,
    front={Host.OPS: board},
    privacy=NoPersonalData(because="the board shows numbers"),
)
