"""What the queue contributes: its schema."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="jobs",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="a job carries ids and the name of a municipality"),
)
