"""Places as rows of a table: what its columns are called, what a row says of a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from obshto.modules.places.errors import NoColumn, NoRows
from obshto.modules.places.models import Place
from obshto.modules.places.services.kinds import FEATURES, KINDS, Kind
from obshto.platform.web.language import SOURCE

NUMBER = "number"
# By the names of the form's fields; in Bulgarian in every language, so that a file opens anywhere.
COLUMNS: Mapping[str, str] = {
    NUMBER: "Номер",
    "kind": "Вид",
    "name": "Име",
    "about": "Какво има там",
    "ekatte": "Населено място",
    "address": "Адрес",
    "point": "Точка на картата",
    "phone": "Телефон",
    "email": "Имейл",
    "website": "Уебсайт",
    "features": "Удобства",
    "monday": "Понеделник",
    "tuesday": "Вторник",
    "wednesday": "Сряда",
    "thursday": "Четвъртък",
    "friday": "Петък",
    "saturday": "Събота",
    "sunday": "Неделя",
    "holidays": "На официални празници",
    "changes": "Изключения",
}
NEEDED = ("kind", "name")
Told = dict[str, str]


def told_in(rows: Sequence[Sequence[str]]) -> list[tuple[int, Told]]:
    """Each row below the head by the names of the fields, with its number in the file.

    Columns that we do not know are left out, empty rows too. Raises NoColumn, NoRows.
    """
    head = [_same(cell) for cell in rows[0]] if rows else []
    places = {
        name: head.index(_same(title)) for name, title in COLUMNS.items() if _same(title) in head
    }
    for name in NEEDED:
        if name not in places:
            raise NoColumn(column=COLUMNS[name])
    told = [
        (number, {name: row[at] if at < len(row) else "" for name, at in places.items()})
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    ]
    if not told:
        raise NoRows
    return told


def fields_from(told: Told, villages: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """What the form of a place would be sent; words of the table become those of the choices.

    `villages` are names by EKATTE code. A word that is no choice stays, for the form to refuse.
    """
    fields: dict[str, Any] = {name: text for name, text in told.items() if name != NUMBER}
    fields["kind"] = _chosen(told["kind"], {kind.value: str(KINDS[kind]) for kind in KINDS})
    if "ekatte" in told:
        fields["ekatte"] = _village(told["ekatte"], villages)
    if "features" in told:
        labels = {feature.value: str(FEATURES[feature]) for feature in FEATURES}
        pieces = told["features"].replace(";", ",").replace("\n", ",").split(",")
        fields["features"] = [_chosen(piece, labels) for piece in pieces if piece.strip()]
    return fields


def row_from(fields: Mapping[str, Any], place: Place) -> list[str]:
    """The row that `fields_from` reads back; `fields` are what the form of the place shows."""
    features = [str(label) for feature, label in FEATURES.items() if feature in place.features]
    shown = dict(fields) | {
        NUMBER: place.id,
        "kind": KINDS[Kind(place.kind)],
        "ekatte": place.settlement_in(SOURCE) or place.ekatte,
        "features": ", ".join(features),
    }
    return [str(shown.get(name) or "") for name in COLUMNS]


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _chosen(text: str, choices: Mapping[str, str]) -> str:
    wanted = _same(text)
    found = (value for value, label in choices.items() if wanted in (value, _same(label)))
    return next(found, text.strip())


def _village(text: str, villages: Mapping[str, Mapping[str, str]]) -> str:
    """By its code, by its name, with „село“ or „с.“ before it or without."""
    wanted = _same(text)
    for short, long in (("с.", "село "), ("гр.", "град ")):
        wanted = (
            f"{long}{wanted.removeprefix(short).strip()}" if wanted.startswith(short) else wanted
        )
    for code, names in villages.items():
        whole = _same(names["bg"])
        if wanted in (code, whole, whole.partition(" ")[2]):
            return code
    return text.strip()
