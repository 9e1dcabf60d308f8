"""A design as a file: written whole, read with limits. Nothing in a file is ever run."""

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
from obshto.modules.eservices.services.fragments import DATA, composed
from obshto.modules.eservices.services.procedures import PROCEDURES
from obshto.platform.errors import InvalidValue
from obshto.platform.legal.terms import is_rule
from obshto.platform.questionnaires.charset import checked_signs

FORMAT = "obshto-service"
MOST_BYTES, DEEPEST, LONGEST, MOST_ITEMS = 262_144, 14, 4000, 400
_NOT_NEEDED = {"service", "version", "official_title", "cases", "verbatim", "source"}


def file_of(design: Design) -> str:
    """The file: format, its number, the design."""
    whole = {"format": FORMAT, "number": 1, "design": design}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def design_in(content: bytes) -> Design:
    """The design out of a file of somebody else. Raises DesignFileRefused."""
    if len(content) > MOST_BYTES:
        raise DesignFileRefused
    try:
        told = json.loads(content.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise DesignFileRefused from None
    if not isinstance(told, dict) or set(told) != {"format", "number", "design"}:
        raise DesignFileRefused
    if told["format"] != FORMAT or told["number"] != 1 or not isinstance(told["design"], dict):
        raise DesignFileRefused
    design: Design = told["design"]
    if not all(_is_bounded(part, depth) for part, depth in _parts(design, 1)):
        raise DesignFileRefused
    _check(design)
    return design


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
def _schema() -> Draft202012Validator:
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
    return Draft202012Validator(told)
