"""Component of petitions: words of their rows and sheets. Tables and pages are the modules'."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="petitions",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="the tables are those of the modules that use it"),
)
