"""Component of questions: the words of the form. Tables and pages are the modules'."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="questions",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="the tables are those of the modules that use it"),
)
