"""Steps and questions of a design: added, changed, moved, removed. Nothing here is stored."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from obshto.modules.eservices.services.design.compiler import DECISION, Design, own_steps
from obshto.modules.eservices.services.design.kinds import (
    CALCULATED,
    DECLARATION,
    FORMULAS,
    LISTS,
    OTHER,
    kind_of,
    shape_of,
)
from obshto.modules.eservices.services.fragments import composed, parts
from obshto.modules.eservices.services.publication import KNOWN
from obshto.platform.search.script import skeleton
from obshto.platform.web.language import SOURCE

UP, DOWN, REMOVE = "up", "down", "remove"
LONGEST_NAME = 40
_numbered = re.compile(r"a[1-9]\d{0,2}", re.ASCII).fullmatch
KEPT_KEYS = (
    *("when", "past", "after", "same_year", "decimals", "max"),
    *("columns", "most", "least", "as_table"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignedQuestion:
    """What a designer said of one question. `options` are lines, by language."""

    kind: str
    label: Mapping[str, str]
    required: bool = True
    hint: Mapping[str, str] | None = None
    example: Mapping[str, str] | None = None
    purpose: str = ""
    sensitive: bool = False
    options: Mapping[str, Sequence[str]] | None = None
    when: Mapping[str, Any] | None = None
    past: bool = False
    decimals: int = 0
    formula: Mapping[str, Any] | None = None
    limits: Mapping[str, Any] | None = None  # of a file: accepts, most, megabytes


def fields_at(design: Design, place: str) -> dict[str, Any]:
    """The fields of which a place has some: those of people, or those of the official."""
    fields: dict[str, Any] = design["document"]["fields"] if place == DECISION else design["fields"]
    return fields


def place_of(design: Design, name: str) -> str | None:
    """The step of a question, or the decision; None where there is no such question."""
    if name in design["document"]["fields"]:
        return DECISION
    return next((step["id"] for step in own_steps(design) if name in step["fields"]), None)


def step_at(design: Design, step: str) -> dict[str, Any] | None:
    """One of the designer's steps."""
    return next((page for page in own_steps(design) if page["id"] == step), None)


def add_step(design: Design, title: Mapping[str, str]) -> str:
    """A step after the last of the designer's own, before how the answer is received."""
    taken = {page["id"] for page in composed(design)["pages"]}
    number = next(n for n in range(1, 1000) if f"step-{n}" not in taken)
    pages = design["pages"]
    own = [at for at, page in enumerate(pages) if "fields" in page]
    if own and pages[own[-1]]["title"] == dict(title) and not pages[own[-1]]["fields"]:
        return str(pages[own[-1]]["id"])  # the same form, sent twice
    after = own[-1] + 1 if own else min(1, len(pages))
    pages.insert(after, {"id": f"step-{number}", "title": dict(title), "fields": []})
    return f"step-{number}"


def move_step(design: Design, step: str, way: str) -> None:
    """One place up or down, or away with its questions."""
    own = own_steps(design)
    at = next((n for n, page in enumerate(own) if page["id"] == step), None)
    if at is None:
        return
    if way == REMOVE:
        for name in own[at]["fields"]:
            design["fields"].pop(name, None)
        design["pages"].remove(own[at])
        return
    to = at + (-1 if way == UP else 1)
    if 0 <= to < len(own):
        pages = design["pages"]
        first, second = pages.index(own[at]), pages.index(own[to])
        pages[first], pages[second] = pages[second], pages[first]


def put_question(
    design: Design, place: str, asked: DesignedQuestion, name: str | None = None
) -> str:
    """Add a question at a place, or change the one of this name; answers its name."""
    fields = fields_at(design, place)
    before = fields.get(name, {}) if name else {}
    field = _field(asked, before)
    if name is None and (twin := _twin(design, place, field)):
        return twin  # the same form, sent twice
    name = name or _free_name(design, asked.label[SOURCE])
    fields[name] = field
    if place != DECISION and (step := step_at(design, place)) and name not in step["fields"]:
        step["fields"].append(name)
    return name


def move_question(design: Design, name: str, way: str) -> None:
    """One place up or down, into the next step at the end of its own; or away."""
    place = place_of(design, name)
    if place is None:
        return
    if way == REMOVE:
        fields_at(design, place).pop(name)
        if step := step_at(design, place):
            step["fields"].remove(name)
    elif place == DECISION:
        _move_in_decision(design, name, -1 if way == UP else 1)
    else:
        _move_in_steps(design, place, name, -1 if way == UP else 1)


def put_paper(design: Design, asked: DesignedQuestion, at: int | None = None) -> None:
    """Add a document that is attached where its condition holds, or change the one at a place."""
    paper: dict[str, Any] = {"text": dict(asked.label), **(asked.limits or {})}
    if asked.when:
        paper["when"] = dict(asked.when)
    if at is not None:
        design["bring"][at] = paper
    elif paper not in design["bring"]:
        design["bring"].append(paper)


def paper_at(design: Design, at: int) -> dict[str, Any] | None:
    """One of the designer's documents; None where there is none, or one of a shared part."""
    found: dict[str, Any] = design["bring"][at] if at < len(design["bring"]) else {}
    return found if "text" in found else None


def move_paper(design: Design, at: str, way: str) -> None:
    """One place up or down, or away, by its place in the list."""
    papers = design["bring"]
    here = int(at) if at.isascii() and at.isdigit() and len(at) < 4 else len(papers)
    to = here + (-1 if way == UP else 1)
    if here >= len(papers):
        return
    if way == REMOVE:
        papers.pop(here)
    elif 0 <= to < len(papers):
        papers[here], papers[to] = papers[to], papers[here]


def choices_before(design: Design, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The questions of earlier steps that have a list of answers, or may be answered or not."""
    whole = composed(design)
    for page in whole["pages"]:
        if page["id"] == place:
            return
        for name in page["fields"]:
            if name in whole["fields"]:
                yield name, whole["fields"][name]


def _twin(design: Design, place: str, field: Mapping[str, Any]) -> str | None:
    """The last question of a place, where it is this very one."""
    step = step_at(design, place)
    names = list(fields_at(design, place)) if step is None else step["fields"]
    last = names[-1] if names else None
    return last if last and fields_at(design, place)[last] == field else None


def _move_in_decision(design: Design, name: str, by: int) -> None:
    names = list(design["document"]["fields"])
    at = names.index(name)
    if 0 <= at + by < len(names):
        names[at], names[at + by] = names[at + by], names[at]
        fields = design["document"]["fields"]
        design["document"]["fields"] = {key: fields[key] for key in names}


def _move_in_steps(design: Design, place: str, name: str, by: int) -> None:
    own = own_steps(design)
    at = next(n for n, page in enumerate(own) if page["id"] == place)
    names = own[at]["fields"]
    here = names.index(name)
    if 0 <= here + by < len(names):
        names[here], names[here + by] = names[here + by], names[here]
    elif 0 <= at + by < len(own):
        names.remove(name)
        other = own[at + by]["fields"]
        other.insert(0 if by > 0 else len(other), name)


def _field(asked: DesignedQuestion, before: Mapping[str, Any]) -> dict[str, Any]:
    if asked.kind == OTHER:  # its shape is the definition's it was copied from
        field = dict(before)
    else:
        kept = before if before and kind_of(before) == asked.kind else {}
        field = {**shape_of(asked.kind), **{k: kept[k] for k in KEPT_KEYS if k in kept}}
    field |= {"label": dict(asked.label), "required": asked.required or asked.kind in FORMULAS}
    if asked.kind in (*LISTS, DECLARATION):
        field["options"] = options_of(asked, before)
    told = {
        "hint": asked.hint,
        "example": asked.example,
        "purpose": asked.purpose,
        "sensitive": asked.sensitive,
        "when": asked.when,
        "past": asked.past and asked.kind == "date",
        "decimals": asked.decimals if asked.kind in {"number", CALCULATED} else 0,
        "formula": asked.formula if asked.kind in FORMULAS else None,
    }
    for key, value in told.items():
        if value:
            field[key] = value
        elif key not in {"past", "decimals"} or asked.kind != OTHER:
            field.pop(key, None)
    return field


def options_of(asked: DesignedQuestion, before: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A line is the same answer as before where its words are; a new one gets a free value."""
    known = {o["label"].get(SOURCE): o["value"] for o in before.get("options", ())}
    told = asked.options or {}
    lines = list(dict.fromkeys(told.get(SOURCE, ())))
    # A value never gets another meaning: conditions and stored answers look at it.
    numbers = [int(value[1:]) for value in known.values() if _numbered(value)]
    following, found = count(max(numbers, default=0) + 1), []
    for at, line in enumerate(lines):
        value = known.get(line) or f"a{next(following)}"
        label = {SOURCE: line}
        for language, words in told.items():
            if language != SOURCE and at < len(words) and words[at]:
                label[language] = words[at]
        found.append({"value": value, "label": label})
    return found


def _free_name(design: Design, label: str) -> str:
    """A name that its placeholder is typed with: of the label, in Latin letters."""
    return free_name(
        label,
        {
            *KNOWN,
            *composed(design)["fields"],
            *design["document"]["fields"],
            *(name for part in parts().values() for name in part.get("fields", ())),
        },
    )


def free_name(label: str, taken: Container[str]) -> str:
    """The same, of those that are not taken."""
    words = [filter(str.isalnum, skeleton(word)) for word in label.split()]
    ascii_words = ("".join(sign for sign in word if sign.isascii()) for word in words)
    stem = "_".join(filter(None, ascii_words))[:LONGEST_NAME].strip("_") or "q"
    stem = stem if stem[0].isalpha() else f"q_{stem}"
    return next(n for n in (stem, *(f"{stem}_{i}" for i in range(2, 999))) if n not in taken)
