"""Component of cases: the words for how one comes. Tables and pages are the modules'."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="cases",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="the tables are those of the modules that use it"),
)
