"""Formulas as a designer writes them, `{Брой коли} * 12,50`: read into JsonLogic and said again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from obshto.modules.eservices.services.design.texts import plain_words, shown_words
from obshto.platform.errors import InvalidValue
from obshto.platform.questionnaires.calculation import (
    DEEPEST,
    LARGEST,
    LONGEST,
    check_formula,
)
from obshto.platform.questionnaires.logic import InvalidCondition
from obshto.platform.questionnaires.questions import NUMERIC
from obshto.platform.web.language import SOURCE

Fields = Mapping[str, Mapping[str, Any]]
NUMBER, TRUTH, CHOICE, GROUP, WORDS = "number", "truth", "choice", "group", "words"
SUM, COUNT, LEAST, MOST, IF, NOT = "СБОР", "БРОЙ", "НАЙ-МАЛКО", "НАЙ-ГОЛЯМО", "АКО", "НЕ"
FUNCTIONS = f"{SUM}, {COUNT}, {LEAST}, {MOST}, {IF}, И, ИЛИ, {NOT}"
EXAMPLES = (
    "{Брой коли} * 12,50",
    "СБОР({Членове: Доход}) / БРОЙ({Членове})",
    "АКО({Вид} = „Търговски“; 40; 20)",
)
_LIKE: Mapping[str, str] = {
    IF: "АКО({Брой} > 3; 10; 5)",
    NOT: "НЕ({Брой} > 3)",
    COUNT: "БРОЙ({Група}; {Група: Число} > 3)",
    SUM: "СБОР({Група: Число})",
    LEAST: "НАЙ-МАЛКО({Едно}; {Друго})",
    MOST: "НАЙ-ГОЛЯМО({Група: Число})",
}
_EQUALS = "{Въпрос} = „Отговор“"
_CHOSEN = "АКО({Въпрос} = „Отговор“; 10; 5)"
_OF_MANY = {LEAST: ("smallest", "min"), MOST: ("largest", "max")}
_SIGNS = {"=": "==", "≠": "!=", "<>": "!=", "<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">="}
_SIGNS["≥"] = ">="
_SAID_SIGNS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_token = re.compile(
    r"\s*(?:(?P<number>\d{1,9}(?:[.,]\d{1,6})?)(?![\d.,])|\{(?P<field>[^{}\n]{1,200})\}"
    r"|[„\"“](?P<words>[^“”\"„\n]{1,100})[“”\"]|(?P<name>[А-Яа-я]+(?:-[А-Яа-я]+)?)"
    r"|(?P<sign><>|<=|>=|[-+−*×·/÷()=≠<>≤≥;]))"
)
_QUOTES = str.maketrans("", "", '„“”"')
_PLAIN_SIGNS = {"−": "-", "×": "*", "·": "*", "÷": "/"}


class FormulaFault(InvalidValue):
    """What of a formula cannot be read, in words."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the formula, what it is, and the group whose rows its cells are of."""

    logic: Any
    kind: str
    rows: str = ""
    options: tuple[tuple[str, str], ...] = ()  # words with value, of a list of answers
    is_several: bool = False


def formula_of(text: str, fields: Fields) -> Any:
    """The formula in JsonLogic. Raises FormulaFault."""
    reader = _Reader(text, fields)
    part = reader.whole()
    try:
        check_formula(part.logic)
    except InvalidCondition:
        raise FormulaFault(gettext("Формулата е твърде дълга. Разделете я на две.")) from None
    return part.logic


def said_formula(formula: Any, fields: Fields) -> str:
    """The same as it is written."""
    return _Writer(fields).said(formula)


def words_of(fields: Fields) -> list[str]:
    """What may stand between the braces."""
    return [words for words, _ in _named(fields).values()]


# -- names -----------------------------------------------------------------------------------


def _words(fields: Fields) -> dict[str, str]:
    """Each question and cell in words that mean no other: of two alike the second has a number."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name, field in fields.items():
        label = shown_words(field["label"][SOURCE])
        told = {name: label} | {
            f"{name}.{column}": f"{label}: {shown_words(cell['label'][SOURCE])}"
            for column, cell in field.get("columns", {}).items()
        }
        for key, words in told.items():
            free = (words, *(f"{words} ({n})" for n in range(2, 999)))
            found[key] = next(one for one in free if plain_words(one) not in taken)
            taken.add(plain_words(found[key]))
    return found


def _named(fields: Fields) -> dict[str, tuple[str, _Part]]:
    """What can be calculated with, by its plain words: as it is shown, and as it is read."""
    words, found = _words(fields), dict[str, tuple[str, _Part]]()
    for name, field in fields.items():
        for key, part in _parts_of(name, field):
            found[plain_words(words[key])] = words[key], part
    return found


def _parts_of(name: str, field: Mapping[str, Any]) -> Iterator[tuple[str, _Part]]:
    if field["type"] == "rows":
        yield name, _Part(name, GROUP, rows=name)
        for column, told in field["columns"].items():
            key = f"{name}.{column}"
            if part := _answer(key, told, name):
                yield key, part
    elif part := _answer(name, field, ""):
        yield name, part


def _answer(name: str, field: Mapping[str, Any], rows: str) -> _Part | None:
    logic = {"var": name}
    if field["type"] in NUMERIC:
        return _Part(logic, NUMBER, rows=rows)
    if options := field.get("options"):
        told = tuple((plain_words(_unquoted(o["label"][SOURCE])), o["value"]) for o in options)
        return _Part(logic, CHOICE, rows, told, is_several=field["type"] == "checks")
    return None


# -- reading ---------------------------------------------------------------------------------


class _Reader:
    """Recursive descent: or, and, not, comparison, sum, product, atom."""

    def __init__(self, text: str, fields: Fields) -> None:
        self.tokens, self.at, self.depth = list(_tokens(text)), 0, 0
        self.named = _named(fields)

    def whole(self) -> _Part:
        part = self.any_of()
        if self.at < len(self.tokens):
            raise FormulaFault(gettext("Не е ясно какво значи „%(words)s“.", words=self.next()[1]))
        if isinstance(part.logic, int | float):
            raise FormulaFault(gettext("Формулата смята поне с един въпрос."))
        return _outside(_numeric(part))

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def next(self) -> tuple[str, str]:
        found = self.peek()
        self.at += 1
        return found

    def takes(self, kind: str, *values: str) -> str:
        """The next token where it is one of these, which is then behind us."""
        found = self.peek()
        if found[0] == kind and (found[1].upper() if kind == "name" else found[1]) in values:
            self.at += 1
            return found[1].upper()
        return ""

    def any_of(self) -> _Part:
        parts = [self.all_of()]
        while self.takes("name", "ИЛИ"):
            parts.append(self.all_of())
        return _joined("or", parts)

    def all_of(self) -> _Part:
        parts = [self.comparison()]
        while self.takes("name", "И"):
            parts.append(self.comparison())
        return _joined("and", parts)

    def comparison(self) -> _Part:
        left = self.sum()
        sign = self.takes("sign", *_SIGNS)
        if not sign:
            return left
        return _compared(_SIGNS[sign], left, self.sum())

    def sum(self) -> _Part:
        part = self.product()
        while sign := self.takes("sign", "+", "-"):
            part = _counted(sign, [part, self.product()])
        return part

    def product(self) -> _Part:
        part = self.signed()
        while sign := self.takes("sign", "*", "/"):
            other = self.signed()
            if sign == "/" and other.logic == 0:
                raise FormulaFault(gettext("На нула не се дели."))
            part = _counted(sign, [part, other])
        return part

    def signed(self) -> _Part:
        if not self.takes("sign", "-"):
            return self.atom()
        part = self.atom()
        is_constant = isinstance(part.logic, int | float)
        return _Part(-part.logic, NUMBER) if is_constant else _counted("-", [part])

    def atom(self) -> _Part:
        self.depth += 1
        if self.depth > 2 * DEEPEST:
            raise FormulaFault(gettext("Формулата е твърде дълга. Разделете я на две."))
        part = self._atom()
        self.depth -= 1
        return part

    def _atom(self) -> _Part:
        kind, words = self.next()
        if kind == "number":
            return _constant(words)
        if kind == "words":
            return _Part(words, WORDS)
        if kind == "field":
            return self.field(words)
        if kind == "name":
            return self.function(words)
        if (kind, words) != ("sign", "("):
            raise FormulaFault(gettext("Формулата свършва по средата. Допълнете я."))
        part = self.any_of()
        self.closed()
        return part

    def field(self, words: str) -> _Part:
        found = self.named.get(plain_words(words))
        if found is None:
            raise FormulaFault(
                gettext(
                    "„%(words)s“ не е въпрос, с който може да се смята. Изберете от списъка.",
                    words=words,
                )
            )
        return found[1]

    def function(self, words: str) -> _Part:
        name = words.upper()
        if name not in {SUM, COUNT, LEAST, MOST, IF, NOT}:
            raise FormulaFault(gettext("Не е ясно какво значи „%(words)s“.", words=words))
        if not self.takes("sign", "("):
            raise FormulaFault(gettext("След %(name)s се отваря скоба.", name=name))
        given = [self.any_of()]
        while self.takes("sign", ";"):
            given.append(self.any_of())
        self.closed()
        return _called(name, given)

    def closed(self) -> None:
        if not self.takes("sign", ")"):
            raise FormulaFault(gettext("Липсва затваряща скоба."))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, text = 0, text.rstrip()
    while at < len(text):
        found = _token.match(text, at)
        if found is None or found.lastgroup is None:
            raise FormulaFault(
                gettext("Не е ясно какво значи „%(words)s“.", words=text[at:].strip()[:20])
            )
        yield found.lastgroup, _PLAIN_SIGNS.get(found[found.lastgroup], found[found.lastgroup])
        at = found.end()


def _constant(words: str) -> _Part:
    value = float(words.replace(",", "."))
    if value > LARGEST:
        raise FormulaFault(gettext("Числото %(number)s е твърде голямо.", number=words))
    return _Part(int(value) if value.is_integer() else value, NUMBER)


def _numeric(part: _Part) -> _Part:
    if part.kind == NUMBER:
        return part
    if part.kind == GROUP:
        raise FormulaFault(
            gettext("С цяла група не се смята. Пишете така: %(example)s", example="БРОЙ({Група})")
        )
    if part.kind == TRUTH:
        raise FormulaFault(
            gettext("Сравнението стои вътре в сметка: %(example)s", example=_LIKE[IF])
        )
    raise FormulaFault(
        gettext("С избран отговор не се смята. Сравнете го: %(example)s", example=_CHOSEN)
    )


def _outside(part: _Part) -> _Part:
    if part.rows:
        raise FormulaFault(
            gettext("С въпрос от група се смята така: %(example)s", example=_LIKE[SUM])
        )
    return part


def _rows_of(parts: list[_Part]) -> str:
    rows = {part.rows for part in parts if part.rows}
    if len(rows) > 1:
        raise FormulaFault(gettext("В една сметка по редове влизат въпроси само от една група."))
    return next(iter(rows), "")


def _counted(sign: str, parts: list[_Part]) -> _Part:
    return _Part({sign: [_numeric(part).logic for part in parts]}, NUMBER, _rows_of(parts))


def _joined(operator: str, parts: list[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    return _Part({operator: [_true(part).logic for part in parts]}, TRUTH, _rows_of(parts))


def _true(part: _Part) -> _Part:
    if part.kind != TRUTH:
        raise FormulaFault(gettext("Тук се очаква сравнение: %(example)s", example="{Брой} > 3"))
    return part


def _compared(operator: str, left: _Part, right: _Part) -> _Part:
    if left.kind != CHOICE:
        logic = {operator: [_numeric(left).logic, _numeric(right).logic]}
        return _Part(logic, TRUTH, _rows_of([left, right]))
    value = dict(left.options).get(plain_words(str(right.logic))) if right.kind == WORDS else None
    if value is None or operator not in {"==", "!="}:
        raise FormulaFault(
            gettext("Избран отговор се сравнява с дума от списъка: %(example)s", example=_EQUALS)
        )
    if not left.is_several:
        return _Part({operator: [left.logic, value]}, TRUTH, left.rows)
    logic = {"in": [value, left.logic]}
    return _Part({"!": [logic]} if operator == "!=" else logic, TRUTH, left.rows)


def _called(name: str, given: list[_Part]) -> _Part:
    if name == IF and len(given) == 3:
        parts = [_true(given[0]), _numeric(given[1]), _numeric(given[2])]
        return _Part({"if": [part.logic for part in parts]}, NUMBER, _rows_of(parts))
    if name == NOT and len(given) == 1:
        return _Part({"!": [_true(given[0]).logic]}, TRUTH, given[0].rows)
    if name == COUNT and given[0].kind == GROUP and len(given) <= 2:
        condition = [_true(part).logic for part in given[1:]]
        _rows_of(given)
        return _Part({"count": [given[0].logic, *condition]}, NUMBER)
    if name in {SUM, *_OF_MANY} and len(given) == 1 and given[0].kind == NUMBER and given[0].rows:
        operator = "sum" if name == SUM else _OF_MANY[name][0]
        return _Part({operator: [given[0].rows, given[0].logic]}, NUMBER)
    if name in _OF_MANY and len(given) > 1:
        return _counted(_OF_MANY[name][1], given)
    raise FormulaFault(gettext("Пише се така: %(example)s", example=_LIKE[name]))


# -- writing ---------------------------------------------------------------------------------


class _Writer:
    """A formula in the words of its designer."""

    def __init__(self, fields: Fields) -> None:
        self.names, self.options = _words(fields), dict[str, dict[str, str]]()
        for name, field in fields.items():
            self.options[name] = _labels(field)
            for column, told in field.get("columns", {}).items():
                self.options[f"{name}.{column}"] = _labels(told)

    def said(self, node: Any) -> str:
        if not isinstance(node, Mapping):
            return f"{node:.6f}".rstrip("0").rstrip(".").replace(".", ",")
        ((operator, told),) = node.items()
        if operator == "var":
            return self.name(told)
        if operator in {"sum", "smallest", "largest", "count", "min", "max", "if", "!"}:
            return self.called(operator, told)
        if operator == "in":
            return f"{self.name(told[1]['var'])} = „{self.option(told[1], told[0])}“"
        if operator in _SAID_SIGNS:
            right = told[1]
            words = (
                f"„{self.option(told[0], right)}“" if isinstance(right, str) else self.said(right)
            )
            return f"{self.said(told[0])} {_SAID_SIGNS[operator]} {words}"
        return self.joined(operator, told)

    def joined(self, operator: str, told: list[Any]) -> str:
        if operator == "-" and len(told) == 1:
            return f"-{self.inner(told[0])}"
        sign = {"and": "И", "or": "ИЛИ"}.get(operator, operator)
        return f" {sign} ".join(self.inner(part) for part in told)

    def inner(self, node: Any) -> str:
        """In parentheses where it is made of several."""
        is_joined = isinstance(node, Mapping) and bool(
            {"+", "-", "*", "/", "and", "or"} & set(node)
        )
        return f"({self.said(node)})" if is_joined else self.said(node)

    def called(self, operator: str, told: list[Any]) -> str:
        named = {"sum": SUM, "count": COUNT, "smallest": LEAST, "min": LEAST, "if": IF, "!": NOT}
        name = named.get(operator, MOST)
        given = told[1:] if operator in {"sum", "smallest", "largest"} else told
        words = [self.name(p) if isinstance(p, str) else self.said(p) for p in given]
        return f"{name}({'; '.join(words)})"

    def name(self, name: str) -> str:
        return "{" + self.names.get(name, name) + "}"

    def option(self, node: Any, value: str) -> str:
        return self.options.get(node.get("var", ""), {}).get(value, value)


def _labels(field: Mapping[str, Any]) -> dict[str, str]:
    return {o["value"]: _unquoted(o["label"][SOURCE]) for o in field.get("options", ())}


def _unquoted(words: str) -> str:
    """As they stand between quotes: without quotes of their own."""
    return shown_words(words.translate(_QUOTES))[:LONGEST]
