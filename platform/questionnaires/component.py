"""Component of questionnaires: the words of checks and forms. Answers are kept by who asks."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="questionnaires",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="the answers lie in the tables of the modules that ask"),
)
