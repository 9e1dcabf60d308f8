"""Public pages of services."""

from obshto.modules.eservices.citizen import (
    application,
    call_back,
    catalogue_pages,
    dogs,
    feedback,
    my_applications,
    papers,
    powers,
    registers,
    renewals,
    schema,
)
from obshto.modules.eservices.citizen.blueprint import citizen

__all__ = [
    "application",
    "call_back",
    "catalogue_pages",
    "citizen",
    "dogs",
    "my_applications",
    "papers",
    "powers",
    "feedback",
    "registers",
    "renewals",
    "schema",
]
