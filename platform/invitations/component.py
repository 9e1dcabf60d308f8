"""Component of invitations: the words of the form and its refusals. Tables are the modules'."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="invitations",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="the tables are those of the modules that use it"),
)
