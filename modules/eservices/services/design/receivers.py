"""Receivers in a design: rules by which an office or a role gets what; what a register shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from obshto.modules.eservices.models.case import OFFICE, ROLE
from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.design.conditions import (
    IN_ONE_ROW,
    Comparison,
    condition_of,
    field_of,
    tests_of,
)
from obshto.modules.eservices.services.design.faults import DESTINATION, REGISTER, Fault
from obshto.modules.eservices.services.design.kinds import is_personal
from obshto.modules.eservices.services.design.steps import REMOVE, UP
from obshto.modules.eservices.services.fragments import composed
from obshto.platform.permissions import Role
from obshto.platform.questionnaires.logic import names_in
from obshto.platform.web.language import SOURCE

MOST_RULES = 40
ROLES_SAID = {role.value: role.label for role in Role}
Fields = Mapping[str, Mapping[str, Any]]


def rules_of(design: Design) -> list[dict[str, Any]]:
    """The rules in their order: the first that fits counts."""
    found: list[dict[str, Any]] = design.get("destinations", [])
    return found


def rule_at(design: Design, at: int) -> dict[str, Any] | None:
    """One of them by its place."""
    rules = rules_of(design)
    return rules[at] if at < len(rules) else None


def put_rule(design: Design, to: str, answers: Sequence[str], at: int | None = None) -> None:
    """Add a rule, or change the one at a place; `answers` are „question=answer“, any of them.

    One without answers is for all the others.
    """
    fields = composed(design)["fields"]
    tests = [
        Comparison(question=name, value=value, in_list=field["type"] == "checks")
        for name, _equals, value in (answer.partition("=") for answer in answers)
        if (field := field_of(name, fields))
    ]
    when = condition_of(tests, "or")
    rule = {"to": to} | ({"when": when} if when else {})
    rules = design.setdefault("destinations", [])
    if at is not None:
        rules[at] = rule
    elif rule not in rules and len(rules) < MOST_RULES:
        rules.append(rule)


def answers_in(rule: Mapping[str, Any]) -> list[str]:
    """The answers of a rule as a form holds them."""
    tests, _join = tests_of(rule.get("when")) or ([], "or")
    return [f"{test.question}={test.value}" for test in tests]


def move_rule(design: Design, at: str, way: str) -> None:
    """One place up or down, or away, by its place in the list."""
    rules = rules_of(design)
    here = int(at) if at.isascii() and at.isdigit() and len(at) < 4 else len(rules)
    to = here + (-1 if way == UP else 1)
    if here >= len(rules):
        return
    if way == REMOVE:
        rules.pop(here)
    elif 0 <= to < len(rules):
        rules[here], rules[to] = rules[to], rules[here]


def said_receiver(to: str) -> str:
    """An office by its name, a role by its title."""
    if to.startswith(OFFICE):
        return to.removeprefix(OFFICE)
    return str(ROLES_SAID.get(to.removeprefix(ROLE)) or gettext("роля на общината"))


def answers_offered(design: Design, places: Sequence[str]) -> list[tuple[str, str]]:
    """What a rule may look at: each town and village of `places`, each answer of a list.

    Also within a group of one row, as an address is: of several rows none is the one that counts.
    """
    found: list[tuple[str, str]] = []
    for name, field in _looked_at(composed(design)["fields"]):
        label = field["label"][SOURCE]
        options = [
            (option["value"], option["label"][SOURCE]) for option in field.get("options", ())
        ]
        if field["type"] == "settlement":
            options = [(place, place.partition(",")[0]) for place in places]
        found += [(f"{name}={value}", f"„{label}“: {words}") for value, words in options]
    return found


def _looked_at(fields: Fields) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, field in fields.items():
        yield name, field
        if field["type"] == "rows" and field.get("most") == 1:
            for path in (f"{name}{IN_ONE_ROW}{column}" for column in field["columns"]):
                yield path, field_of(path, fields)


def public_fields(design: Design) -> dict[str, str]:
    """The questions, also those to the official, that an open register may show, by name.

    Personal numbers, phones, addresses and what needs more care never stand in one.
    """
    fields: Fields = {**composed(design)["fields"], **design["document"]["fields"]}
    return {
        name: field["label"][SOURCE]
        for name, field in fields.items()
        if not is_personal(field) and name not in _OF_THE_HOUSE
    }


# Of the shared parts: how somebody is reached, who acts for whom.
_OF_THE_HOUSE = frozenset(
    (
        *("acting_as", "applicant_id_kind", "applicant_id", "address_settlement"),
        *("address_street", "phone", "email", "representative_name", "representative_egn"),
        *("poa_number", "poa_date", "delivery", "delivery_email", "post_address", "post_kind"),
    )
)


def faults_of_receivers(design: Design) -> Iterator[Fault]:
    """Rules that nothing reaches, or that look at what is gone; a register that shows too much."""
    fields, rules = composed(design)["fields"], rules_of(design)
    for at, rule in enumerate(rules):
        told = {"receiver": said_receiver(rule["to"])}
        tests, _join = tests_of(rule.get("when")) or ([], "or")
        is_gone = not all(field_of(test.question, fields) for test in tests)
        if is_gone or names_in(rule.get("when")) - set(fields):
            words = gettext("„%(receiver)s“ получава по въпрос, който вече го няма.", **told)
            yield Fault(words=words, place=DESTINATION, name=str(at))
        if "when" not in rule and at < len(rules) - 1:
            words = gettext(
                "„%(receiver)s“ получава всичко, затова следващите правила никога не важат."
                " Преместете го последно.",
                **told,
            )
            yield Fault(words=words, place=DESTINATION, name=str(at))
    yield from _faults_of_register(design)


def _faults_of_register(design: Design) -> Iterator[Fault]:
    shown, allowed = design.get("register", {}).get("fields", []), public_fields(design)
    fields = {**composed(design)["fields"], **design["document"]["fields"]}
    for name in shown:
        if name not in fields:
            words = gettext("Публичният регистър показва въпрос, който вече го няма.")
            yield Fault(words=words, place=REGISTER)
        elif name not in allowed:
            label = fields[name]["label"][SOURCE]
            words = gettext(
                "„%(label)s“ са лични данни. Те не може да са в публичен регистър.", label=label
            )
            yield Fault(words=words, place=REGISTER)
    if "applicant_name" in shown:
        words = gettext(
            "Името на заявителя ще го вижда всеки. Проверете дали законът го иска в регистъра."
        )
        yield Fault(words=words, place=REGISTER, blocks=False)
