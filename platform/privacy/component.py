"""What the privacy mechanism contributes: the facts of an erasure, of a copy."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.privacy.services import CopyTaken, PersonErased

COMPONENT = Component(
    slug="privacy",
    folder=Path(__file__).parent,
    events=(PersonErased, CopyTaken),
    privacy=NoPersonalData(because="it only asks the others"),
)
