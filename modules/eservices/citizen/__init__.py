"""Public pages of services."""

from obshto.modules.eservices.citizen import (
    applying,
    browsing,
    checking,
    dogs,
    following,
    papers,
    saying,
)
from obshto.modules.eservices.citizen.blueprint import citizen

__all__ = [
    "applying",
    "browsing",
    "checking",
    "citizen",
    "dogs",
    "following",
    "papers",
    "saying",
]
