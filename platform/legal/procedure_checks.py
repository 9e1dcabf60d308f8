"""Checks of a procedure's rows at the start: a broken law is told before anybody goes by it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from obshto.platform.domain_events import DomainEvent
from obshto.platform.legal.errors import ProcedureBroken
from obshto.platform.legal.terms import Rule, is_rule, rule_of
from obshto.platform.permissions import Permission
from obshto.platform.web.language import LANGUAGES

COLOURS = ("grey", "blue", "yellow", "green", "red", "orange", "purple", "turquoise")
WHOLE_LIFE = "is_end", "is_hidden", "colour"  # of a state, the same in each of its rows
RowsOf = Callable[[date, date], tuple[dict[str, Rule], dict[str, Rule]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words that the rows of a part may use: what its code knows how to do.

    `actors` are who may act, `facts` what is told, `choices` other keys of an act with their words;
    `parties` are those for whom an act is, under the key `proposers`; `states` and `acts` are ids
    that code names, `days` other days than those of acts from which a term may run.
    """

    source: str
    actors: Mapping[str, Permission | None]
    facts: Mapping[str, type[DomainEvent]]
    states: Collection[str]
    acts: Collection[str] = ()
    days: Collection[str] = ()
    parties: Collection[str] = ("",)
    choices: Mapping[str, Collection[str]] = field(default_factory=dict)
    many: Mapping[str, Collection[str]] = field(default_factory=dict)


def check_rows(told: Mapping[str, Any], words: Vocabulary) -> None:
    """Each row says what it has to, in words that exist. Raises ProcedureBroken."""
    for kind, check in (("states", _check_state), ("acts", _check_act)):
        seen: set[tuple[str, str]] = set()
        for row in told.get(kind, ()):
            where = f"{words.source}, {kind}: {row.get('id')!r} from {row.get('from')!r}"
            _check_day(row, where)
            if (row["id"], row["from"]) in seen:
                raise ProcedureBroken(f"{where}: stands twice")
            seen.add((row["id"], row["from"]))
            check(row, told, words, where)
    known = {row["id"] for row in told["states"]}
    if missing := sorted({*words.states, told["begins"]} - known):
        raise ProcedureBroken(f"{words.source}: no row for the states {', '.join(missing)}")


def check_ways(told: Mapping[str, Any], words: Vocabulary, rows_of: RowsOf) -> None:
    """Whenever something began and however far the law has moved since: no state without a way
    to an end. Raises ProcedureBroken.
    """
    days = sorted({date.fromisoformat(row["from"]) for row in (*told["states"], *told["acts"])})
    for party in words.parties:
        for begun_on in days:
            reached: set[str] = {told["begins"]}
            for on in (day for day in days if day >= begun_on):
                states, acts = rows_of(begun_on, on)
                if missing := sorted(set(words.acts) - set(acts)):
                    raise ProcedureBroken(f"{words.source}: no act {missing} on {on}")
                ways = [act for act in acts.values() if party in act.get("proposers", (party,))]
                _reach(reached, ways)
                where = f"{words.source}: what began on {begun_on}, on {on}, {party or 'all'}"
                _check_reached(reached, states, ways, where)


def _check_reached(
    reached: set[str], states: Mapping[str, Rule], ways: list[Rule], where: str
) -> None:
    if unknown := sorted(reached - set(states)):
        raise ProcedureBroken(f"{where}: comes to {', '.join(unknown)}, not in force yet")
    over = {name for name, row in states.items() if row.get("is_end")}
    growing = True
    while growing:
        before = len(over)
        over |= {source for act in ways if act["to"] in over for source in act["sources"]}
        growing = len(over) > before
    if stuck := sorted(reached - over):
        raise ProcedureBroken(f"{where}: no way out of {', '.join(stuck)}")


def _reach(reached: set[str], ways: list[Rule]) -> None:
    growing = True
    while growing:
        before = len(reached)
        reached |= {act["to"] for act in ways if reached & set(act["sources"])}
        growing = len(reached) > before


def _check_day(row: Rule, where: str) -> None:
    try:
        date.fromisoformat(row["from"])
    except (KeyError, TypeError, ValueError):
        raise ProcedureBroken(f"{where}: from must be a day such as 2027-01-01") from None
    if not row.get("id"):
        raise ProcedureBroken(f"{where}: id is missing")


def _check_state(row: Rule, told: Mapping[str, Any], words: Vocabulary, where: str) -> None:
    _check_words(row, "name", where)
    if row.get("colour") not in COLOURS:
        raise ProcedureBroken(f"{where}: colour must be one of {', '.join(COLOURS)}")
    for key in WHOLE_LIFE:
        if {one.get(key) for one in told["states"] if one["id"] == row["id"]} != {row.get(key)}:
            raise ProcedureBroken(f"{where}: {key} differs from an earlier row of this state")
    acts = {one["id"] for one in told["acts"]} | set(words.days)
    for due in row.get("due", ()):
        _check_due(due, acts, where)
    for one in row.get("otherwise", ()):
        _check_words(one, "text", where)


def _check_due(due: Rule, acts: Collection[str], where: str) -> None:
    for key in ("owes", "what"):
        _check_words(due, key, where)
    term: str = due.get("term") or ""
    count = due.get("count", "term")
    if term and not is_rule(term):
        raise ProcedureBroken(f"{where}: no term {term!r} in terms.json")
    _check_known(due.get("runs_from", ()), acts, f"{where}: runs_from")
    _check_known([count], ("term", "window", "wait", "hours"), f"{where}: count")
    in_hours = bool(term) and "hours" in rule_of(term)
    if in_hours != (count == "hours"):
        raise ProcedureBroken(
            f"{where}: count must be hours where the term is of hours, only there"
        )


def _check_act(row: Rule, told: Mapping[str, Any], words: Vocabulary, where: str) -> None:
    if row.get("is_gone"):
        return
    known = {state["id"] for state in told["states"]}
    for key in ("told", "button", "hint"):
        if key != "told" and row.get("has_button") is False and key not in row:
            continue
        _check_words(row, key, where)
    if "words" in row:
        _check_words(row, "words", where)
    if not isinstance(row.get("article"), str):
        raise ProcedureBroken(f"{where}: article is missing; where no law asks for it it is empty")
    _check_known(row.get("sources") or [None], known, f"{where}: sources")
    _check_known([row.get("to")], known, f"{where}: to")
    _check_known([row.get("who")], words.actors, f"{where}: who")
    _check_known([row.get("fact")], words.facts, f"{where}: fact")
    _check_known(row.get("proposers", ()), words.parties, f"{where}: proposers")
    for key, allowed in words.choices.items():
        _check_known([row[key]] if key in row else (), allowed, f"{where}: {key}")
    for key, allowed in words.many.items():
        _check_known(row.get(key, ()), allowed, f"{where}: {key}")


def _check_words(row: Rule, key: str, where: str) -> None:
    told = row.get(key)
    if not isinstance(told, Mapping) or not all(told.get(code) for code in LANGUAGES):
        raise ProcedureBroken(f"{where}: {key} must say it in {', '.join(LANGUAGES)}")


def _check_known(found: Collection[Any], known: Collection[str], where: str) -> None:
    for one in found:
        if one not in known:
            raise ProcedureBroken(f"{where}: {one!r} is none of {', '.join(_sorted(known))}")


def _sorted(known: Collection[str]) -> Iterator[str]:
    return iter(sorted(one for one in known if one))
