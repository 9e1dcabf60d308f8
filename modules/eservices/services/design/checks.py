"""Checks of a design before it is published: each fault in words, with the place to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from obshto.modules.eservices.errors import DefinitionBroken
from obshto.modules.eservices.services.definitions import read_definition
from obshto.modules.eservices.services.design.compiler import (
    DECISION,
    Design,
    compiled,
    own_steps,
)
from obshto.modules.eservices.services.design.condition_checks import faults_of_conditions
from obshto.modules.eservices.services.design.faults import (
    ABOUT,
    DOCUMENT,
    FORM,
    QUESTION,
    STEP,
    TERMS,
    Fault,
)
from obshto.modules.eservices.services.design.formula_checks import faults_of_formulas
from obshto.modules.eservices.services.design.kinds import (
    CALCULATED_SUM,
    GROUP,
    is_personal,
    kind_of,
)
from obshto.modules.eservices.services.design.receivers import faults_of_receivers
from obshto.modules.eservices.services.design.steps import place_of
from obshto.modules.eservices.services.fragments import composed
from obshto.modules.eservices.services.official_text import blanks_of, strays_in
from obshto.modules.eservices.services.publication import KNOWN, check
from obshto.platform.web.language import SOURCE

LEAST_LINES = 3


def faults_in(design: Design) -> list[Fault]:
    """Everything that is wrong or doubtful, what blocks publishing first."""
    found = [
        *_of_words(design),
        *_of_steps(design),
        *faults_of_conditions(design),
        *faults_of_formulas(design),
        *_of_texts(design),
        *_of_terms(design),
        *faults_of_receivers(design),
    ]
    if not any(fault.blocks for fault in found):
        found += _of_the_whole(design)
    return sorted(found, key=lambda fault: not fault.blocks)


def _of_words(design: Design) -> Iterator[Fault]:
    if not design["about"]["law"].strip():
        words = gettext("Напишете на какво основание се дава услугата: закон, наредба или решение.")
        yield Fault(words=words, place=ABOUT)


def _of_steps(design: Design) -> Iterator[Fault]:
    for step in own_steps(design):
        title = step["title"][SOURCE]
        asks = [name for name in step["fields"] if "formula" not in design["fields"][name]]
        if step["fields"] and not asks:
            words = gettext(
                "В стъпка „%(title)s“ има само изчисления. Преместете ги в стъпка с въпроси.",
                title=title,
            )
            yield Fault(words=words, place=STEP, name=step["id"])
        if not step["fields"]:
            words = gettext("В стъпка „%(title)s“ няма въпроси.", title=title)
            yield Fault(words=words, place=STEP, name=step["id"])
    for name, field in {**design["fields"], **design["document"]["fields"]}.items():
        label = field["label"][SOURCE]
        if field["type"] in {"radios", "checks"} and not field.get("options"):
            words = gettext("„%(label)s“ няма отговори, от които да се избира.", label=label)
            yield Fault(words=words, place=QUESTION, name=name)
        yield from _of_group(name, field)
        if name in design["fields"] and is_personal(field) and not field.get("purpose"):
            words = gettext(
                "„%(label)s“ иска лични данни. Напишете за какво са нужни.", label=label
            )
            yield Fault(words=words, place=QUESTION, name=name)


def _of_group(name: str, field: Mapping[str, Any]) -> Iterator[Fault]:
    if kind_of(field) != GROUP:
        return
    label = field["label"][SOURCE]
    if not field["columns"]:
        words = gettext("В групата „%(label)s“ още нищо не се пита.", label=label)
        yield Fault(words=words, place=GROUP, name=name)
    for column in field["columns"].values():
        if column["type"] == "radios" and not column.get("options"):
            words = gettext(
                "„%(label)s“ няма отговори, от които да се избира.",
                label=f"{label}: {column['label'][SOURCE]}",
            )
            yield Fault(words=words, place=GROUP, name=name)


def _of_texts(design: Design) -> Iterator[Fault]:
    document, fields = design["document"], composed(design)["fields"]
    if twice := set(document["fields"]) & set(fields):
        label = document["fields"][sorted(twice)[0]]["label"][SOURCE]
        words = gettext("„%(label)s“ се пита и заявителят, и служителят.", label=label)
        yield Fault(words=words, place=QUESTION, name=sorted(twice)[0])
    if not document["title"].strip() or len(document["lines"]) < LEAST_LINES:
        words = gettext("Напишете заглавие и поне три реда на документа, който се издава.")
        yield Fault(words=words, place=DOCUMENT)
    known = KNOWN | set(fields) | set(document["fields"])
    yield from _unknown(document["lines"], known, DOCUMENT)
    yield from _unknown(design.get("form", []), KNOWN | set(fields), FORM)
    yield from _unprinted(design, document)


def _unknown(lines: list[str], known: set[str], place: str) -> Iterator[Fault]:
    for name in sorted(blanks_of(lines) - known | strays_in(lines)):
        words = gettext("В текста стои поле „%(name)s“, което никой не попълва.", name=name)
        yield Fault(words=words, place=place)


def _unprinted(design: Design, document: Mapping[str, Any]) -> Iterator[Fault]:
    """Own questions that stand on no paper: advice, for a copied form may mean it so."""
    printed = blanks_of(document["lines"]) | blanks_of(design.get("form", []))
    own = design["fields"] if design.get("form") else {}
    for name, field in {**own, **document["fields"]}.items():
        if name not in printed:
            label = field["label"][SOURCE]
            words = gettext("„%(label)s“ не се отпечатва никъде.", label=label)
            place = DOCUMENT if place_of(design, name) == DECISION else QUESTION
            yield Fault(words=words, place=place, name=name, blocks=False)


def _of_terms(design: Design) -> Iterator[Fault]:
    offer = design.get("offer", {})
    fee = design.get("fee", {})
    source = design["fields"].get(fee.get("calculated", ""), {})
    if fee.get("calculated") and kind_of(source) != CALCULATED_SUM:
        words = gettext("Таксата се взема от изчисление, което вече го няма.")
        yield Fault(words=words, place=TERMS)
    if offer.get("fee_cents") is None and not (fee.get("none") or fee.get("calculated")):
        words = gettext("Таксата не е въведена: на хората ще пише да попитат на гишето.")
        yield Fault(words=words, place=TERMS, blocks=False)
    if not offer.get("official"):
        words = gettext("Не е посочено кой подписва: под документа стои който решава.")
        yield Fault(words=words, place=TERMS, blocks=False)


def _of_the_whole(design: Design) -> Iterator[Fault]:
    """The gate of every definition: its schema, its loose ends."""
    try:
        check(read_definition(compiled(design, "own-0", 1)))
    except DefinitionBroken as broken:
        words = gettext("Услугата не може да се публикува: %(why)s", why=str(broken)[:300])
        yield Fault(words=words, place=ABOUT)
