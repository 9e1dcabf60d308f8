"""Component of the law: values that are one for all municipalities."""

from pathlib import Path

from obshto.platform.legal.events import LegalValueEntered
from obshto.platform.legal.models import LegalValue
from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="legal",
    folder=Path(__file__).parent,
    models=(LegalValue,),
    events=(LegalValueEntered,),
    privacy=NoPersonalData(because="it keeps values of law with their sources"),
)
