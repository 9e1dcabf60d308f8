"""Parts of a design, compared three ways: as it was taken, as it is here, as it is there now."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.services.design.compiler import Design

#: Each part with the keys of a design that it is made of. Fee and signatory are no part: they stand
#: in the offer, where each municipality has its own; so are the offices that receive applications.
PARTS: Mapping[str, tuple[LazyString, tuple[str, ...]]] = {
    "about": (lazy_gettext("Име, основание и за кого е"), ("about",)),
    "term": (lazy_gettext("Срок и ред"), ("procedure", "term")),
    "fee": (lazy_gettext("Как се смята таксата"), ("fee",)),
    "questions": (lazy_gettext("Стъпки и въпроси"), ("fields", "pages", "form")),
    "papers": (lazy_gettext("Документи, които се прилагат"), ("bring",)),
    "document": (lazy_gettext("Документът, който се издава"), ("document", "renewal")),
    "letters": (lazy_gettext("Писма до заявителя"), ("letters",)),
    "register": (lazy_gettext("Публичен регистър"), ("register",)),
    "approvals": (lazy_gettext("Одобрения"), ("approvals",)),
}


class Changed(StrEnum):
    """Who has changed a part since it was taken."""

    NOBODY = "nobody"
    HERE = "here"
    THERE = "there"
    BOTH = "both"  # in different ways: somebody must choose


def changes(base: Design, here: Design, there: Design) -> dict[str, Changed]:
    """By part. One that both changed alike needs no choice."""
    return {part: _changed(part, base, here, there) for part in PARTS}


def differing(one: Design, other: Design) -> list[str]:
    """The parts in which two designs differ."""
    return [part for part in PARTS if _of(one, part) != _of(other, part)]


def merged(base: Design, here: Design, there: Design, kept: Collection[str] = ()) -> Design:
    """What was changed here stays, what was changed there comes; where both did, `kept` names the
    parts that stay."""
    result = copy.deepcopy(here)
    for part, changed in changes(base, here, there).items():
        if changed is Changed.THERE or (changed is Changed.BOTH and part not in kept):
            for key in PARTS[part][1]:
                result.pop(key, None)
                if key in there:
                    result[key] = copy.deepcopy(there[key])
    return result


def _changed(part: str, base: Design, here: Design, there: Design) -> Changed:
    was, ours, theirs = (_of(design, part) for design in (base, here, there))
    if ours == theirs:
        return Changed.HERE if ours != was else Changed.NOBODY
    if ours == was:
        return Changed.THERE
    return Changed.HERE if theirs == was else Changed.BOTH


def _of(design: Design, part: str) -> list[Any]:
    """An empty list of approvals is none."""
    return [design.get(key) or None for key in PARTS[part][1]]
