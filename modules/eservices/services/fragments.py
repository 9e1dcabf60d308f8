"""What many services share is written once: `{"use": "applicant.1"}` stands for a part.

A part has a number. It never changes once a service was published with it: a new one is written
beside it, and services use it from their next version on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from obshto.modules.eservices.errors import DefinitionBroken

DATA = Path(__file__).parents[1] / "data"
Given = Mapping[str, Any]


def composed(given: Given) -> dict[str, Any]:
    """A definition with its parts in their places. Raises DefinitionBroken."""
    pages = _with_parts(given.get("pages", ()), "pages")
    fields = {**_fields_of_parts(given.get("pages", ())), **given.get("fields", {})}
    whole = {**given, "pages": pages, "fields": _in_order(fields, pages)}
    for name in ("form", "bring"):
        if name in given:
            whole[name] = _with_parts(given[name], name)
    if "lines" in given.get("document", {}):
        document = given["document"]
        whole["document"] = {**document, "lines": _with_parts(document["lines"], "form")}
    return whole


@cache
def parts() -> Mapping[str, Given]:
    """All parts by name and number."""
    found: Mapping[str, Given] = json.loads((DATA / "parts.json").read_text("utf-8"))
    return found


@cache
def catalogue_rows() -> Mapping[str, Given]:
    """What the catalogue says of each service, by key and in its order."""
    rows = json.loads((DATA / "catalogue.json").read_text("utf-8"))
    return {row["key"]: row for row in rows}


def _with_parts(items: Iterable[Any], name: str) -> list[Any]:
    whole: list[Any] = []
    for item in items:
        whole += _part(item)[name] if _is_part(item) else [item]
    return whole


def _fields_of_parts(pages: Iterable[Any]) -> dict[str, Any]:
    used = (_part(item)["fields"] for item in pages if _is_part(item))
    return {name: field for fields in used for name, field in fields.items()}


def _in_order(fields: dict[str, Any], pages: Iterable[Given]) -> dict[str, Any]:
    """Questions as they are asked: what a condition looks at stands before it."""
    placed = [name for page in pages for name in page.get("fields", ()) if name in fields]
    return {name: fields[name] for name in [*placed, *fields]}


def _is_part(item: Any) -> bool:
    return isinstance(item, Mapping) and set(item) == {"use"}


def _part(item: Given) -> Given:
    try:
        return parts()[item["use"]]
    except KeyError:
        raise DefinitionBroken(f"no such part: {item['use']}") from None
