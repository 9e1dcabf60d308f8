"""Kinds of question that a designer chooses from, and what each asks of a person."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.services.design.compiler import is_declaration
from obshto.platform.questionnaires.questions import Words

YESNO, DECLARATION, OTHER, FILE = "yesno", "declaration", "other", "file"
POINT = "point"
GROUP, CALCULATED, CALCULATED_SUM = "group", "calculated", "calculated_sum"
FORMULAS = (CALCULATED, CALCULATED_SUM)
LISTS = ("radios", "checks")  # the designer writes the answers
KINDS: Mapping[str, LazyString] = {
    "text": lazy_gettext("Кратък текст"),
    "area": lazy_gettext("Дълъг текст"),
    "number": lazy_gettext("Число"),
    "money": lazy_gettext("Сума в евро"),
    "date": lazy_gettext("Дата"),
    "radios": lazy_gettext("Един отговор от списък"),
    "checks": lazy_gettext("Няколко отговора от списък"),
    YESNO: lazy_gettext("Да или не"),
    "person": lazy_gettext("Човек: име и ЕГН"),
    "company": lazy_gettext("Фирма или организация: име и ЕИК"),
    "address": lazy_gettext("Адрес с населено място"),
    "settlement": lazy_gettext("Населено място"),
    POINT: lazy_gettext("Място на картата"),
    "phone": lazy_gettext("Телефон"),
    "email": lazy_gettext("Имейл"),
    "plate": lazy_gettext("Номер на автомобил"),
    "cadastre": lazy_gettext("Номер на имот по кадастъра"),
    DECLARATION: lazy_gettext("Декларация или съгласие"),
    GROUP: lazy_gettext("Повтаряща се група: членове на домакинство, автомобили"),
    CALCULATED: lazy_gettext("Изчислено число"),
    CALCULATED_SUM: lazy_gettext("Изчислена сума в евро"),
    FILE: lazy_gettext("Файл: документ, който се прилага"),
}
# What is asked of each row of a group.
COLUMN_KINDS: Mapping[str, LazyString] = {
    **{kind: KINDS[kind] for kind in ("text", "number", "money", "date", "radios", YESNO)},
    "egn": lazy_gettext("ЕГН"),
    "eik": lazy_gettext("ЕИК"),
    **{kind: KINDS[kind] for kind in ("settlement", "phone", "email", "plate", "cadastre")},
}
MOST_TABLE_CELLS = 4
# Cells that are short enough to stand in a table.
SHORT_CELLS = frozenset({"text", "number", "money", "radios", "identifier"})
# What each kind is made of; a list gets its answers from the designer.
_YES_NO = [
    {"value": "yes", "label": {"bg": "Да", "en": "Yes", "ro": "Da"}},
    {"value": "no", "label": {"bg": "Не", "en": "No", "ro": "Nu"}},
]
_NAME: Words = {"bg": "Име", "en": "Name", "ro": "Nume"}


def _column(shape: str, label: Words, **more: Any) -> dict[str, Any]:
    return {"type": shape, "label": dict(label), "required": True, **more}


MOST_ROWS = 20  # where a definition does not say
_GROUP_SHAPE = {"type": "rows", "most": 10, "columns": {}}
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    YESNO: {"type": "radios", "options": _YES_NO},
    "plate": {"type": "identifier", "kind": "plate"},
    "cadastre": {"type": "identifier", "kind": "cadastre"},
    "area": {"type": "area", "max": 2000},
    DECLARATION: {"type": "checks"},
    "person": {
        "type": "rows",
        "most": 1,
        "columns": {
            "name": _column("text", {"bg": "Три имена", "en": "Full name", "ro": "Numele complet"}),
            "egn": _column("identifier", {"bg": "ЕГН", "en": "EGN", "ro": "EGN"}, kind="egn"),
        },
    },
    "company": {
        "type": "rows",
        "most": 1,
        "columns": {
            "name": _column("text", _NAME),
            "eik": _column("identifier", {"bg": "ЕИК", "en": "EIK", "ro": "EIK"}, kind="eik"),
        },
    },
    "address": {
        "type": "rows",
        "most": 1,
        "columns": {
            "settlement": _column(
                "settlement",
                {"bg": "Населено място", "en": "Town or village", "ro": "Localitatea"},
            ),
            "street": _column(
                "text",
                {"bg": "Улица и номер", "en": "Street and number", "ro": "Strada și numărul"},
            ),
        },
    },
}
_PERSONAL = frozenset({"phone", "email"})
_PERSONAL_NUMBERS = frozenset({"egn", "lnch"})


def shape_of(kind: str) -> dict[str, Any]:
    """The part of a field that its kind fixes."""
    if kind in FORMULAS:
        return {"type": "money" if kind == CALCULATED_SUM else "number"}
    shape = _GROUP_SHAPE if kind == GROUP else _SHAPES.get(kind, {"type": kind})
    return copy.deepcopy(dict(shape))


def column_shape_of(kind: str) -> dict[str, Any]:
    """The same of a column."""
    return {"type": "identifier", "kind": kind} if kind in {"egn", "eik"} else shape_of(kind)


def column_kind_of(column: Mapping[str, Any]) -> str:
    """The kind of a column; `other` for one that no designer made."""
    if [o["value"] for o in column.get("options", ())] == ["yes", "no"]:
        return YESNO
    kind = str(column.get("kind") or column["type"])
    return kind if kind in COLUMN_KINDS else OTHER


def fits_a_table(field: Mapping[str, Any]) -> bool:
    """Whether its rows can stand in a table: few cells, each of them short."""
    columns = field.get("columns", {}).values()
    return 0 < len(columns) <= MOST_TABLE_CELLS and all(c["type"] in SHORT_CELLS for c in columns)


def kind_of(field: Mapping[str, Any]) -> str:
    """The kind of a field; `other` for one that only a definition of the house can have."""
    if "formula" in field:
        return CALCULATED_SUM if field["type"] == "money" else CALCULATED
    if field["type"] == "rows" and field.get("most", MOST_ROWS) > 1:
        return (
            GROUP if all(column_kind_of(c) != OTHER for c in field["columns"].values()) else OTHER
        )
    if is_declaration(field):
        return DECLARATION
    if [o["value"] for o in field.get("options", ())] == ["yes", "no"]:
        return YESNO
    for kind, shape in _SHAPES.items():
        told = field["type"], field.get("kind"), set(field.get("columns", ()))
        wanted = shape["type"], shape.get("kind"), set(shape.get("columns", ()))
        if kind not in {YESNO, DECLARATION} and told == wanted:
            return kind if field.get("most") == shape.get("most") else OTHER
    if field["type"] in KINDS and not {"kind", "kind_from", "columns"} & set(field):
        return str(field["type"])
    return OTHER


def is_personal(field: Mapping[str, Any]) -> bool:
    """Whether the answer says who somebody is, or how to reach them, or needs more care."""
    parts = [field, *field.get("columns", {}).values()]
    return bool(
        field.get("sensitive")
        or kind_of(field) in {"person", "address"}
        or any(p["type"] in _PERSONAL or p.get("kind") in _PERSONAL_NUMBERS for p in parts)
        or "kind_from" in field
    )
