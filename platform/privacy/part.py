"""What the privacy mechanism contributes: the fact of an erasure."""

from pathlib import Path

from obshto.platform.modularity.manifest import NoPersonalData, Part
from obshto.platform.privacy.services import PersonErased

PART = Part(
    slug="privacy",
    folder=Path(__file__).parent,
    events=(PersonErased,),
    privacy=NoPersonalData(because="it only asks the others"),
)
