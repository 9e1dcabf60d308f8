"""Component of calls: the words of the lists. Tables and letters are those of the parts."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="calls",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="the tables are those of the parts that use it"),
)
