"""Component of data sets: the words for columns that many of them have. It has no table."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="datasets",
    folder=Path(__file__).parent,
    privacy=NoPersonalData(because="a data set holds no personal data, and nothing is kept here"),
)
