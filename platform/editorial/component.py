"""What texts contribute: the pages on which versions and files are worked at, and their words."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="texts",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="the tables are those of the modules that use it"),
)
