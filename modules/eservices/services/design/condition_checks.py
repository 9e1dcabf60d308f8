"""Checks of conditions: what they look at is there, asked by then, and can ever be answered so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from flask_babel import gettext

from obshto.modules.eservices.services.design.compiler import PAPERS, Design
from obshto.modules.eservices.services.design.faults import QUESTION, Fault
from obshto.modules.eservices.services.fragments import composed
from obshto.platform.questionnaires.logic import holds, names_in
from obshto.platform.questionnaires.values import as_text
from obshto.platform.web.language import SOURCE

MOST_WAYS = 2000  # answers that are tried for one condition


def faults_of_conditions(design: Design) -> Iterator[Fault]:
    """What is asked, or attached, never: each question and document with why."""
    whole = composed(design)
    fields = whole["fields"]
    order = {name: at for at, page in enumerate(whole["pages"]) for name in page["fields"]}
    for name, field in design["fields"].items():
        if fault := _fault(fields, order, field, field["label"][SOURCE], order.get(name, 0)):
            yield Fault(words=fault, place=QUESTION, name=name)
    for at, paper in enumerate(design["bring"]):
        if "when" in paper:
            fault = _fault(fields, order, paper, paper["text"][SOURCE], len(whole["pages"]))
            if fault:
                yield Fault(words=fault, place=PAPERS, name=str(at))


def _fault(
    fields: Mapping[str, Any],
    order: Mapping[str, int],
    field: Mapping[str, Any],
    label: str,
    here: int,
) -> str | None:
    """Why a question of this page, or a document after all of them, is never shown."""
    for other in sorted(names_in(field.get("when"))):
        if fault := _of_reference(fields, order, label, here, other):
            return fault
    if _is_reachable(fields, field):
        return None
    return str(
        gettext(
            "„%(label)s“ никога не се показва: условието му не може да се изпълни.", label=label
        )
    )


def _of_reference(
    fields: Mapping[str, Any], order: Mapping[str, int], label: str, here: int, other: str
) -> str | None:
    """The fault of a condition that looks at what is not there, or not answered by then."""
    if other not in fields:
        return str(gettext("„%(label)s“ зависи от въпрос, който вече го няма.", label=label))
    asked, there = fields[other]["label"][SOURCE], order.get(other, 0)
    if there > here:
        return str(
            gettext(
                "„%(label)s“ зависи от „%(other)s“, който се пита по-късно.",
                label=label,
                other=asked,
            )
        )
    if there == here:
        return str(
            gettext(
                "„%(label)s“ зависи от „%(other)s“ в същата стъпка. Преместете го в следваща"
                " стъпка.",
                label=label,
                other=asked,
            )
        )
    return None


def _is_reachable(fields: Mapping[str, Any], field: Mapping[str, Any], depth: int = 0) -> bool:
    """Whether some answers lead to it: those of its condition are tried one after the other."""
    names = sorted(names_in(field.get("when")))
    ways = [_answers_of(fields[name]) for name in names if name in fields]
    number = 1
    for way in ways:
        number *= len(way)
    if not names or len(ways) < len(names) or number > MOST_WAYS or depth > len(fields):
        return True
    open_ways = [
        [a for a in way if a is None or _is_reachable(fields, fields[name], depth + 1)]
        for name, way in zip(names, ways, strict=True)
    ]
    for answers in product(*open_ways):
        given = {n: a for n, a in zip(names, answers, strict=True) if a is not None}
        if holds(field.get("when"), given):
            return True
    return False


def _answers_of(field: Mapping[str, Any]) -> list[str | None]:
    """What may stand for an answer: each of a list, all of them, anything, nothing."""
    values = [option["value"] for option in field.get("options", ())]
    if field["type"] == "checks":
        return [None, *(as_text([value]) for value in values), as_text(values)]
    return [None, *(values or ["…"])]
