"""Style page as a component: `/console/style/`, without tables, lines of a menu or permissions."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.tenants.style.console import console

COMPONENT = Component(
    slug="style",
    folder=Path(__file__).parent,
    console=console,
    privacy=NoPersonalData(because="it shows invented rows that stand in the code"),
)
