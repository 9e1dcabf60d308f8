"""A definition is published when its own test cases have passed; else nobody is asked by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from obshto.modules.eservices.errors import DefinitionBroken, NoSuchService
from obshto.modules.eservices.services.definition_tests import faults_of
from obshto.modules.eservices.services.definitions import (
    Definition,
    read_definition,
    stored_definitions,
)
from obshto.modules.eservices.services.fragments import catalogue_rows
from obshto.modules.eservices.services.general_application import general_application
from obshto.modules.eservices.services.official_text import blanks_of
from obshto.modules.eservices.services.procedures import PROCEDURES
from obshto.platform.legal.terms import is_rule
from obshto.platform.questionnaires.logic import names_in

# What the house fills in by itself.
KNOWN = {
    *(
        "municipality_name",
        "municipality_short",
        "date",
        "applicant_signature",
        "entry_number",
        "issued_on",
    ),
    *("official_name", "clerk_name", "paid_electronically", "register_no"),
}


@cache
def published() -> Mapping[tuple[str, int], Definition]:
    """All versions that come with the module, by service and version. Raises DefinitionBroken."""
    found = {}
    for given in stored_definitions():
        definition = read_definition(given)
        check(definition)
        found[definition.service, definition.version] = definition
    return found


@cache
def _latest() -> Mapping[str, Definition]:
    """By service: a page of the catalogue asks for each of them."""
    return {service: found for (service, _), found in sorted(published().items(), key=_version)}


def _version(pair: tuple[tuple[str, int], Definition]) -> int:
    return pair[1].version


def is_in_house(service: str) -> bool:
    """Whether the service comes with the module; any other is a municipality's own."""
    return service in catalogue_rows()


def latest(service: str) -> Definition | None:
    """The version that new applications are made with; None where there is only the paper way."""
    return _latest().get(service)


def definition_of(service: str, version: int) -> Definition:
    """The version that a case was sent with. Raises NoSuchService."""
    found = published().get((service, version)) or general_application(service, version)
    if found is None:
        raise NoSuchService
    return found


def check(definition: Definition) -> None:
    """Look for loose ends, then play the cases. Raises DefinitionBroken with every fault."""
    faults = [*_loose_ends(definition)]
    for case in () if faults else definition.cases:
        faults += [f"{case['name']}: {fault}" for fault in faults_of(definition, case)]
    if faults:
        raise DefinitionBroken(f"{definition.service}: " + "; ".join(faults))


def _loose_ends(definition: Definition) -> Iterator[str]:
    placed = [name for page in definition.pages for name in page.fields]
    if sorted(placed) != sorted(definition.questions):
        yield f"questions and pages differ: {set(placed) ^ set(definition.questions)}"
    if unruly := {term.rule for term in definition.terms if not is_rule(term.rule)}:
        yield f"no such term: {unruly}"
    if definition.terms[-1].when is not None:
        yield "some answers have no term"
    if definition.procedure not in PROCEDURES:
        yield f"no such procedure: {definition.procedure}"
    yield from _loose_receivers(definition)
    asked_for = blanks_of(definition.form) - KNOWN - set(definition.questions)
    if asked_for:
        yield f"the form prints what nobody asks: {asked_for}"
    known = KNOWN | set(definition.questions) | set(definition.document.fields)
    if definition.document.valid_to not in {None, "half_year", *known}:
        yield f"the document is valid to what nobody knows: {definition.document.valid_to}"
    if unasked := blanks_of(definition.document.lines) - known:
        yield f"the document prints what nobody knows: {unasked}"


def _loose_receivers(definition: Definition) -> Iterator[str]:
    shown = definition.register.fields if definition.register else ()
    if unknown := set(shown) - set(definition.questions) - set(definition.document.fields):
        yield f"the register shows what nobody knows: {unknown}"
    looked_at = {name for one in definition.destinations for name in names_in(one.when)}
    if gone := looked_at - set(definition.questions):
        yield f"a destination looks at what nobody asks: {gone}"
