"""A design as a file: written whole, read with limits. Nothing in a file is ever run.

Its shape is one schema, which anybody may read (`SCHEMA_PATH`): a file is held to that, then what
its shared parts make of it to the schema of definitions, of which it is derived.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NoReturn

from jsonschema import Draft202012Validator

from obshto.modules.eservices.errors import DefinitionBroken, DesignFileRefused
from obshto.modules.eservices.services.catalogue import NEEDS
from obshto.modules.eservices.services.definitions import condition_faults
from obshto.modules.eservices.services.design.compiler import Design, compiled
from obshto.modules.eservices.services.fragments import DATA, composed, parts
from obshto.modules.eservices.services.procedures import PROCEDURES
from obshto.platform.errors import InvalidValue
from obshto.platform.legal.terms import is_rule
from obshto.platform.questionnaires.charset import checked_signs

FORMAT = "obshto-service"
SCHEMA_PATH = "/eservices/schemas/service-definition-1.json"
MOST_BYTES, DEEPEST, LONGEST, MOST_ITEMS = 262_144, 14, 4000, 400
_NOT_NEEDED = {"service", "version", "official_title", "cases", "verbatim", "source"}


def file_of(design: Design, *, schema: str = "") -> str:
    """The file: format, its number, the design; `schema` is the address of its schema."""
    whole: dict[str, Any] = {"$schema": schema} if schema else {}
    whole |= {"format": FORMAT, "number": 1, "design": design}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def design_in(content: bytes) -> Design:
    """The design out of a file of somebody else. Raises DesignFileRefused."""
    if len(content) > MOST_BYTES:
        raise DesignFileRefused
    try:
        told = json.loads(content.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise DesignFileRefused from None
    if not all(_is_bounded(part, depth) for part, depth in _parts(told, 0)):
        raise DesignFileRefused
    if next(_of_files().iter_errors(told), None) is not None:
        raise DesignFileRefused
    design: Design = told["design"]
    _check(design)
    return design


@cache
def file_schema() -> Mapping[str, Any]:
    """The schema of a file, as it is published: shared parts stand in it by their names."""
    design = _design_schema()
    part = {
        "type": "object",
        "required": ["use"],
        "properties": {"use": {"enum": sorted(parts())}},
        "additionalProperties": False,
    }
    told = design["properties"]
    for holder in (told["pages"], told["form"], told["bring"], _lines_of(told)):
        holder["items"] = {"anyOf": [holder["items"], {"$ref": "#/$defs/part"}]}
    dialect, defs = design.pop("$schema"), {**design.pop("$defs"), "part": part}
    return {
        "$schema": dialect,
        "$id": SCHEMA_PATH,
        "title": "File of a service",
        "type": "object",
        "required": ["format", "number", "design"],
        "properties": {
            "$schema": {"type": "string"},
            "format": {"const": FORMAT},
            "number": {"const": 1},
            "design": design,
        },
        "additionalProperties": False,
        "$defs": defs,
    }


def _lines_of(told: Mapping[str, Any]) -> dict[str, Any]:
    lines: dict[str, Any] = told["document"]["properties"]["lines"]
    return lines


def _check(design: Design) -> None:
    """Its shape by the schema of definitions, its conditions, its rules of law."""
    try:
        if next(_schema().iter_errors(composed(design)), None) is not None:
            raise DesignFileRefused
        whole = compiled(design, "own-0", 1)
    except (DefinitionBroken, AttributeError, KeyError, TypeError, ValueError):
        raise DesignFileRefused from None
    term = whole["term"]
    rules = [term] if isinstance(term, str) else [told["rule"] for told in term]
    is_known = whole["procedure"] in PROCEDURES and whole["about"]["need"] in NEEDS
    if not (is_known and all(map(is_rule, rules))) or any(condition_faults(design)):
        raise DesignFileRefused


def _is_bounded(part: Any, depth: int) -> bool:
    if depth > DEEPEST:
        return False
    if isinstance(part, str):
        if len(part) > LONGEST:
            return False
        return _is_printable(part)
    if isinstance(part, Mapping):
        if "bg" in part and any("{" in str(words) for words in part.values()):
            return False  # words are no templates
        return len(part) <= MOST_ITEMS and all(len(key) <= 60 for key in part)
    return not isinstance(part, list) or len(part) <= MOST_ITEMS


def _is_printable(text: str) -> bool:
    try:
        checked_signs(text)
    except InvalidValue:
        return False
    return True


def _parts(part: Any, depth: int) -> Iterator[tuple[Any, int]]:
    yield part, depth
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for item in inside if depth <= DEEPEST else ():
        yield from _parts(item, depth + 1)


def _refuse(_: str) -> NoReturn:
    raise ValueError("no number")


@cache
def _of_files() -> Draft202012Validator:
    return Draft202012Validator(file_schema())


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(_design_schema())


def _design_schema() -> dict[str, Any]:
    """Of designs: as of definitions, but words may be Bulgarian alone, lists may be empty yet."""
    told: dict[str, Any] = json.loads((DATA / "definition.schema.json").read_text("utf-8"))
    told["required"] = [n for n in told["required"] if n not in _NOT_NEEDED] + ["about"]
    for name in ("service", "version", "official_title", "cases", "verbatim"):
        del told["properties"][name]
    told["$defs"]["words"]["required"] = ["bg"]
    for language in told["$defs"]["words"]["properties"].values():
        language.update(minLength=0, maxLength=LONGEST)
    told["$defs"]["words"]["properties"]["bg"]["minLength"] = 1
    properties = told["properties"]
    properties["form"]["minItems"] = 0
    properties["document"]["properties"]["lines"]["minItems"] = 0
    properties["pages"]["items"]["properties"]["fields"]["minItems"] = 0
    told["$defs"]["question"]["properties"]["options"]["minItems"] = 0
    told["$defs"]["question"]["properties"]["columns"]["minProperties"] = 0
    for name in ("if", "then"):  # of what comes with the house
        told.pop(name, None)
    return told
