"""Port of data sets: the page of a declared one, as other parts link to it."""

from __future__ import annotations

from obshto.modules.opendata.services.catalogue import declared_here


class CatalogueSetPages:
    """Supplies `DatasetPages`."""

    def path_of(self, part: str, slug: str) -> str | None:
        """Whether or not it has an edition yet: the page says when the first one comes."""
        return f"/opendata/sets/{part}/{slug}" if (part, slug) in declared_here() else None
