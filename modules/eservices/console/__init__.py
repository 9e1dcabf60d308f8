"""Staff pages of services."""

from obshto.modules.eservices.console import (
    acting,
    counter,
    deciding,
    dogs,
    handing,
    offering,
    overseeing,
    papers,
    queue,
    sealing,
    signing,
)
from obshto.modules.eservices.console.blueprint import console

__all__ = [
    "acting",
    "console",
    "counter",
    "deciding",
    "dogs",
    "handing",
    "offering",
    "overseeing",
    "papers",
    "queue",
    "sealing",
    "signing",
]
