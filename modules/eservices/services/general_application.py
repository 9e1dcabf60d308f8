"""General application: the definition of a service that has no questions of its own yet.

A free request in writing (АПК чл. 29, ал. 2) under the service's name, entered at the counter. Its
version is negative, so that a case sent with it never meets the first version of the service's
own definition.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from obshto.modules.eservices.services.definitions import Definition, TermRule, read_definition
from obshto.modules.eservices.services.fragments import DATA, catalogue_rows

CURRENT = -1  # `general.v1.json`
# By what the catalogue names as the ground of the term: the procedure, and its rule.
_BY_GROUND = (
    ("АПК чл. 57, ал. 2", "apk", "apk_certifying"),
    ("ДОПК", "dopk", "dopk_document"),
    ("ЗМДТ чл. 109", "apk", "zmdt_technical"),
)
_OTHERWISE = ("apk", "apk_general")


@cache
def general_application(service: str, version: int = CURRENT) -> Definition | None:
    """The definition under this service's name and term; None where there is no such service."""
    row = catalogue_rows().get(service)
    path = DATA / f"general.v{-version}.json"
    if row is None or version >= 0 or not path.exists():
        return None
    given = json.loads(path.read_text("utf-8"))
    general = read_definition(_named(given, row["title"]))
    procedure, rule = _law_of(row)
    return replace(
        general, service=service, version=version, procedure=procedure, terms=(TermRule(rule),)
    )


def _named(given: Mapping[str, Any], title: str) -> dict[str, Any]:
    document = given["document"]
    return {
        **given,
        "official_title": title,
        "form": [line.replace("{service}", title) for line in given["form"]],
        "document": {
            **document,
            "title": title,
            "lines": [line.replace("{service}", title) for line in document["lines"]],
        },
    }


def _law_of(row: Mapping[str, Any]) -> tuple[str, str]:
    basis = (row.get("term") or {}).get("basis", "")
    found = ((procedure, rule) for begin, procedure, rule in _BY_GROUND if basis.startswith(begin))
    return next(found, _OTHERWISE)
