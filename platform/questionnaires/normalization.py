"""What a typed answer becomes: identifiers without blanks, phones as +359…, or how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask_babel import gettext, ngettext

from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import KINDS, checked_egn, checked_email, checked_phone
from obshto.platform.questionnaires.charset import checked_signs
from obshto.platform.questionnaires.places import checked_place
from obshto.platform.questionnaires.questions import Question
from obshto.platform.questionnaires.values import Row, as_text, rows_in, several
from obshto.platform.village_map import FARTHEST, Village, kilometres
from obshto.platform.web.place_field import point_in, written

Answers = Mapping[str, str]
CENTS = 2  # decimals of a sum
_number = re.compile(r"\d{1,9}(?:\.\d+)?").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What an answer is checked against: the other answers, the day, the places of the region.

    A point on the map lies near one of the `villages`, where they are known.
    """

    answers: Answers
    today: date
    places: Collection[str] = ()
    language: str = "bg"
    villages: Collection[Village] = ()


def cleaned(question: Question, typed: str, beside: Beside) -> str:
    """The answer as it is kept. Raises InvalidValue."""
    check = _CHECKS.get(question.type, _words)
    return check(question, checked_signs(typed), beside)


def _identifier(question: Question, typed: str, beside: Beside) -> str:
    kind = question.kind or beside.answers.get(question.kind_from or "", "egn")
    check = KINDS.get(kind, checked_egn)  # an unknown kind is complained about where it stands
    return check(typed, today=beside.today)


def _checks(question: Question, typed: str, beside: Beside) -> str:
    return as_text(_words(question, one, beside) for one in several(typed))


def _words(question: Question, typed: str, _: Beside) -> str:
    if question.options and typed not in {choice.value for choice in question.options}:
        raise InvalidValue(gettext("Изберете отговор"))
    text = typed.strip()
    if len(text) > question.max:
        raise InvalidValue(gettext("Съкратете текста до %(n)s знака", n=question.max))
    return text


def _rows(question: Question, typed: str, beside: Beside) -> str:
    rows = [row for row in rows_in(typed) if any(cell.strip() for cell in row.values())]
    if len(rows) > question.most:
        raise InvalidValue(gettext("Редовете може да са най-много %(most)s", most=question.most))
    if len(rows) < question.least:
        raise InvalidValue(
            ngettext("Попълнете поне %(num)s ред", "Попълнете поне %(num)s реда", question.least)
        )
    return as_text(_row(question, row, at, beside) for at, row in enumerate(rows, start=1))


def _row(question: Question, row: Row, at: int, beside: Beside) -> Row:
    kept = {}
    place = _in_group if question.is_group else partial(_in_row, at)
    for column in question.columns:
        cell, label = row.get(column.id, "").strip(), column.label[beside.language]
        if column.required and not cell:
            raise InvalidValue(place(label, gettext("попълнете го")))
        try:
            kept[column.id] = cleaned(column, cell, beside) if cell else ""
        except InvalidValue as fault:
            raise InvalidValue(place(label, str(fault))) from None
    return {name: cell for name, cell in kept.items() if cell}


def _in_group(label: str, fault: str) -> str:
    return str(gettext("„%(label)s“: %(fault)s", label=label, fault=fault))


def _in_row(at: int, label: str, fault: str) -> str:
    return str(gettext("Ред %(at)s, „%(label)s“: %(fault)s", at=at, label=label, fault=fault))


def _amount(question: Question, typed: str, _: Beside) -> str:
    number = "".join(typed.split()).replace(",", ".")
    whole, _point, part = number.partition(".")
    if not _number(number) or not number.isascii():
        raise InvalidValue(gettext("Въведете число, например 12"))
    decimals = CENTS if question.type == "money" else question.decimals
    if len(part) > decimals:
        if decimals:
            raise InvalidValue(
                gettext("Закръглете числото до %(n)s знака след запетаята", n=decimals)
            )
        raise InvalidValue(gettext("Въведете цяло число"))
    if not float(number):
        raise InvalidValue(gettext("Въведете число, по-голямо от нула"))
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _day(question: Question, typed: str, beside: Beside) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise InvalidValue(gettext("Няма такава дата. Проверете деня и месеца.")) from None
    if question.past and day > beside.today:
        raise InvalidValue(gettext("Датата трябва да е в миналото"))
    first = beside.answers.get(question.after or "", "")
    if first and day.isoformat() < first:
        raise InvalidValue(gettext("Тази дата не може да е преди първата"))
    if first and question.same_year and typed[:4] != first[:4]:
        raise InvalidValue(gettext("Срокът не може да минава края на годината"))
    return day.isoformat()


def _point(_: Question, typed: str, beside: Beside) -> str:
    point = point_in(typed)
    if point is None:
        raise InvalidValue(
            gettext("Посочете мястото на картата или напишете точката така: 43.888, 22.520")
        )
    near = (kilometres(point, village.point) <= FARTHEST for village in beside.villages)
    if beside.villages and not any(near):
        raise InvalidValue(gettext("Точката е далеч от населените места на общината"))
    return written(*point)


def _year(_: Question, typed: str, beside: Beside) -> str:
    number = typed.strip()
    if not (number.isascii() and number.isdigit() and 1879 <= int(number[:5]) <= beside.today.year):
        raise InvalidValue(gettext("Въведете година с 4 цифри, например 1986"))
    return number


_CHECKS: Mapping[str, Callable[[Question, str, Beside], str]] = {
    "checks": _checks,
    "date": _day,
    "email": lambda _, typed, __: checked_email(typed),
    "identifier": _identifier,
    "money": _amount,
    "number": _amount,
    "point": _point,
    "phone": lambda _, typed, __: checked_phone(typed),
    "rows": _rows,
    "settlement": lambda _, typed, beside: checked_place(typed, beside.places),
    "year": _year,
}
