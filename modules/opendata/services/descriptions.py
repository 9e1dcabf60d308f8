"""Descriptions of one data set for programs: a Frictionless data package, schema.org Dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from obshto.modules.opendata.services.catalogue import CatalogueEntry
from obshto.modules.opendata.services.editions import FORMATS
from obshto.platform.datasets.declarations import CC_BY, Column

_NAMES = {CC_BY: ("CC-BY-4.0", "Creative Commons Attribution 4.0")}
_ZERO = ("CC0-1.0", "Creative Commons Zero 1.0")


def package_of(entry: CatalogueEntry, address: str) -> Mapping[str, Any]:
    """https://specs.frictionlessdata.io/data-package/ (version 1): the CSV with its table schema.

    `address` is that of the data set.
    """
    assert entry.edition
    name, title = _NAMES.get(entry.licence, _ZERO)
    resource = {
        "profile": "tabular-data-resource",
        "name": entry.slug,
        "path": f"{address}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": entry.edition.sizes["csv"],
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema_of(entry.columns),
    }
    return {
        "profile": "tabular-data-package",
        "name": f"{entry.part}-{entry.slug}",
        "id": address,
        "title": str(entry.title),
        "description": str(entry.about),
        "homepage": address,
        "version": str(entry.edition.number),
        "created": entry.edition.made_at.isoformat(),
        "temporal": {"start": entry.edition.covers[0], "end": entry.edition.covers[1]},
        "licenses": [{"name": name, "path": entry.licence, "title": title}],
        "resources": [resource],
    }


def schema_of(columns: Sequence[Column]) -> Mapping[str, Any]:
    """https://specs.frictionlessdata.io/table-schema/ of the CSV."""
    return {"fields": [_field(column) for column in columns], "missingValues": [""]}


def linked(entry: CatalogueEntry, *, address: str, publisher: str) -> dict[str, Any]:
    """https://schema.org/Dataset in JSON-LD."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": str(entry.title),
        "description": str(entry.about),
        "inLanguage": "bg",
        "license": entry.licence,
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": publisher},
        "variableMeasured": [str(column.title) for column in entry.columns],
    }
    if entry.edition:
        told["dateModified"] = entry.edition.made_at.isoformat()
        told["version"] = str(entry.edition.number)
        told["temporalCoverage"] = "/".join(entry.edition.covers)
        told["distribution"] = [
            {
                "@type": "DataDownload",
                "encodingFormat": FORMATS[suffix].mime,
                "contentUrl": f"{address}.{suffix}",
                "contentSize": str(entry.edition.sizes[suffix]),
            }
            for suffix in entry.edition.files
        ]
    return told


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": str(column.title),
        "type": column.type.value,
    }
    if column.words:
        field["constraints"] = {"enum": list(column.words)}
        field["description"] = "; ".join(f"{code}: {text}" for code, text in column.words.items())
    return field
