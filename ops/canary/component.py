"""What the canary contributes: a job in each municipality, a tile of the board."""

from pathlib import Path

from obshto.ops.canary.models import Look
from obshto.ops.canary.probe import LOOK_FOR_LEAKS
from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="canary",
    folder=Path(__file__).parent,
    models=(Look,),
    jobs=(LOOK_FOR_LEAKS,),
    privacy=NoPersonalData(because="it holds addresses of pages and counts"),
)
