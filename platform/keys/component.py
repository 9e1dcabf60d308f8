"""What the keys contribute: the table of wrapped data keys."""

from pathlib import Path

from obshto.platform.keys.models import TenantKey
from obshto.platform.modularity.manifest import Component, NoPersonalData

COMPONENT = Component(
    slug="keys",
    folder=Path(__file__).parent,
    models=(TenantKey,),
    privacy=NoPersonalData(because="a key belongs to a municipality"),
)
