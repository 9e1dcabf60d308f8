"""Each row of a table is judged by the form that staff fill in for one place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from obshto.modules.places.errors import PlaceChanged
from obshto.modules.places.forms import PlaceForm, fields_of
from obshto.modules.places.models import Place
from obshto.modules.places.services import queries
from obshto.modules.places.services.places import (
    Entry,
    edit_place,
    entry_of,
    publish_place,
    write_place,
)
from obshto.modules.places.services.table import COLUMNS, NUMBER, Told, fields_from
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

UNWRITTEN = 0  # what a row saw of a place that was not there


class Verdict(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row of the file by its number there; `wrong` are columns with what is to be mended."""

    number: int
    told: Told
    verdict: Verdict
    expected_version: int = UNWRITTEN
    wrong: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    entry: Entry | None = None

    @property
    def name(self) -> str:
        return self.told.get("name", "")


class Judge:
    """Knows every place that is here; three queries, however many rows are judged."""

    def __init__(self, uow: UnitOfWork, municipality: str) -> None:
        self.form = PlaceForm(formdata=None, municipality=municipality)
        places = uow.session.scalars(queries.present()).all()
        self.by_id = {str(place.id): place for place in places}
        self.by_name = {_key(place.kind, place.name, place.ekatte): place for place in places}
        self.lines: dict[object, int] = {}  # of which row each place is told

    def judge(self, number: int, told: Told) -> Judged:
        """One row. What its file has no column for stays as it is."""
        with speaking(SOURCE):
            fields = fields_from(told, self.form.names)
        place = self._place(told, fields)
        if told.get(NUMBER) and place is None:
            return self._bad(number, told, NUMBER, gettext("Няма такова място"))
        kept = fields_of(place) if place else {}
        self.form.process(formdata=_sent(kept | fields))
        if not self.form.validate():
            wrong = tuple(
                (COLUMNS[name], str(said[0]))
                for name, said in self.form.errors.items()
                if name in COLUMNS
            )
            return Judged(number=number, told=told, verdict=Verdict.BAD, wrong=wrong)
        entry = self.form.entry()
        who = place.id if place else _key(entry.kind, entry.name, entry.ekatte)
        if before := self.lines.get(who):
            said = gettext("Същото място стои и на ред %(number)s", number=before)
            return self._bad(number, told, "name", said)
        self.lines[who] = number
        return _verdict(number, told, place, entry)

    def _place(self, told: Told, fields: Mapping[str, Any]) -> Place | None:
        if known := told.get(NUMBER):
            return self.by_id.get(known.casefold())
        key = _key(fields["kind"], fields["name"].strip(), fields.get("ekatte", ""))
        return self.by_name.get(key)

    def _bad(self, number: int, told: Told, column: str, said: str) -> Judged:
        wrong = ((COLUMNS[column], said),)
        return Judged(number=number, told=told, verdict=Verdict.BAD, wrong=wrong)


def packed(rows: Iterable[Judged]) -> str:
    """What travels with the form from the preview to the decision."""
    good = [row for row in rows if row.verdict in (Verdict.NEW, Verdict.CHANGED)]
    return json.dumps(
        [[row.number, row.told, row.expected_version] for row in good], ensure_ascii=False
    )


def unpacked(text: str) -> list[tuple[int, Told, int]]:
    """The rows that were packed. Raises ValueError for what never was."""
    told, rows = json.loads(text), []
    if not told or not isinstance(told, list):
        raise ValueError(text[:40])
    for number, row, expected_version in told:
        clean = {name: str(row[name]) for name in COLUMNS if name in row}
        if not {"kind", "name"} <= clean.keys():
            raise ValueError(row)
        rows.append((int(number), clean, int(expected_version)))
    return rows


def take(
    uow: UnitOfWork,
    judge: Judge,
    rows: Sequence[tuple[int, Told, int]],
    *,
    publish: bool,
    key: UUID,
) -> int:
    """Write what is new and change what is here, as it was seen; how many rows were left behind.

    The same rows again find everything done. Left behind is what has changed since.
    """
    left = 0
    for number, told, expected_version in rows:
        row = judge.judge(number, told)
        try:
            _take(uow, row, expected_version, publish=publish, request_id=uuid5(key, str(number)))
        except PlaceChanged:
            left += 1
        left += row.verdict == Verdict.BAD
    return left


def _take(
    uow: UnitOfWork, row: Judged, expected_version: int, *, publish: bool, request_id: UUID
) -> None:
    if row.entry is None:
        return
    if row.place:
        edit_place(uow, row.place, row.entry, expected_version=expected_version)
        return
    place = write_place(uow, row.entry, request_id=request_id)
    if publish:
        publish_place(uow, place, expected_version=place.version)


def _verdict(number: int, told: Told, place: Place | None, entry: Entry) -> Judged:
    found = Verdict.NEW
    if place:
        found = Verdict.SAME if entry_of(place) == entry else Verdict.CHANGED
    expected_version = place.version if place else UNWRITTEN
    return Judged(
        number=number,
        told=told,
        verdict=found,
        expected_version=expected_version,
        place=place,
        entry=entry,
    )


def _key(kind: str, name: str, ekatte: str) -> tuple[str, str, str]:
    return kind, " ".join(name.casefold().split()), ekatte


def _sent(fields: Mapping[str, Any]) -> MultiDict[str, str]:
    sent: MultiDict[str, str] = MultiDict()
    for name, value in fields.items():
        if name in COLUMNS and name != NUMBER:
            sent.setlist(name, list(value) if isinstance(value, list) else [str(value)])
    return sent
