"""Component of opening hours: their words. The hours are a column of whoever has them."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="hours",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="it keeps no rows; hours name nobody"),
)
