"""What the content mechanism contributes: its words."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="content",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="it turns texts into pages and keeps nothing"),
)
