"""Staff pages of services."""

from obshto.modules.eservices.console import acting, counter, deciding, offering, papers, queue
from obshto.modules.eservices.console.blueprint import console

__all__ = ["acting", "console", "counter", "deciding", "offering", "papers", "queue"]
