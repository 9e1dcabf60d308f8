"""Port of data sets: the part that publishes them answers where a declared one stands.

Where no such part is switched on nobody is asked, and pages leave the line out.
"""

from __future__ import annotations

from typing import Protocol

from obshto.platform.modularity.ports import port_here


class DatasetPages(Protocol):
    """Pages of data sets that components declare."""

    def path_of(self, part: str, slug: str) -> str | None:
        """Below the host; None where nobody here declares it. No query."""
        ...


def dataset_path(part: str, slug: str) -> str | None:
    """The page of a data set with its files and what its columns mean, where there is one."""
    pages = port_here(DatasetPages)
    return pages.path_of(part, slug) if pages else None
