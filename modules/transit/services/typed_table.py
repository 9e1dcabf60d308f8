"""A timetable as it was typed: every cell stays as it is until the whole table can be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext

from obshto.modules.transit.services.service_time import MINUTE, read_time, write_time
from obshto.modules.transit.services.timetable import MOST_STOPS, MOST_TRIPS, Direction, Trip

LONGEST_TYPED = 12  # letters of a cell that are given back
MOST_COPIES, MOST_MINUTES = 20, 24 * 60
BLANK_ROWS, BLANK_COLUMNS = 3, 2  # of a table that nobody began
_number = re.compile(r"-?\d{1,4}", re.ASCII).fullmatch


@dataclass(slots=True)
class TypedTable:
    """`stops` name the rows, `calendars` the columns; `cells` by row, then by column.

    `wrong` holds the cells that are no times; `errors` the sentences for the person.
    """

    stops: list[str] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    wrong: set[tuple[int, int]] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of_direction(cls, way: Direction, *, first_calendar: str = "") -> TypedTable:
        """As it was saved, with some blank cells where there is nothing yet."""
        table = cls(list(way.stops), [trip.calendar for trip in way.trips])
        table.cells = [
            [write_time(trip.times[row]) for trip in way.trips] for row in range(len(way.stops))
        ]
        for _ in range(BLANK_ROWS if not way.stops else 0):
            table.add_stop()
        for _ in range(BLANK_COLUMNS if not way.trips else 0):
            table.add_trip(first_calendar)
        return table

    @classmethod
    def of_form(cls, form: Mapping[str, str]) -> TypedTable:
        """As it came: `stop-0`, `days-0`, `t-0-0` and so on; `rows` and `columns` say how many.

        What was cut off on the way has errors: half a table must not take the place of a whole one.
        """
        rows, columns = _length(form, "stop-", MOST_STOPS), _length(form, "days-", MOST_TRIPS)
        table = cls(
            [form.get(f"stop-{row}", "")[:36] for row in range(rows)],
            [form.get(f"days-{column}", "")[:36] for column in range(columns)],
        )
        table.cells = [
            [form.get(f"t-{row}-{column}", "")[:LONGEST_TYPED] for column in range(columns)]
            for row in range(rows)
        ]
        if (form.get("rows"), form.get("columns")) != (str(rows), str(columns)):
            table.errors.append(gettext("Таблицата не пристигна цяла. Опитайте пак."))
        return table

    def add_stop(self, after: int = -1) -> None:
        """An empty row after another; at the end where there is no such one."""
        if len(self.stops) >= MOST_STOPS:
            self.errors.append(gettext("Едно разписание има най-много %(n)s спирки", n=MOST_STOPS))
            return
        at = after + 1 if 0 <= after < len(self.stops) else len(self.stops)
        self.stops.insert(at, "")
        self.cells.insert(at, [""] * len(self.calendars))

    def add_trip(self, calendar: str = "") -> None:
        """An empty column, with the days of the one before it."""
        if len(self.calendars) >= MOST_TRIPS:
            self.errors.append(gettext("Едно разписание има най-много %(n)s курса", n=MOST_TRIPS))
            return
        self.calendars.append(calendar or (self.calendars[-1] if self.calendars else ""))
        for row in self.cells:
            row.append("")

    def drop_trip(self, column: int) -> None:
        """Without that column."""
        if 0 <= column < len(self.calendars):
            del self.calendars[column]
            for row in self.cells:
                del row[column]

    def copy_trip(self, column: int, minutes: str, times: str) -> None:
        """So many copies of a column, each so many minutes after the one before it."""
        shift, number = _whole(minutes, MOST_MINUTES), _whole(times or "1", MOST_COPIES)
        if not shift or number is None or number < 1 or not 0 <= column < len(self.calendars):
            self.errors.append(
                gettext("Напишете през колко минути, например 60, и колко пъти, например 3")
            )
            return
        typed = [row[column] for row in self.cells]
        for count in range(1, number + 1):
            try:
                moved = [_moved(cell, count * shift) for cell in typed]
            except ValueError:
                self.errors.append(
                    gettext(
                        "Курс %(n)s не може да се копира: има клетка, която не е час или излиза"
                        " от деня",
                        n=column + 1,
                    )
                )
                return
            self.add_trip(self.calendars[column])
            if self.errors:
                return
            for row, cell in zip(self.cells, moved, strict=True):
                row[-1] = cell

    def reverse(self) -> None:
        """The stops the other way round; the times stay where they are."""
        self.stops.reverse()

    def read(self, stops: Collection[str], calendars: Collection[str]) -> Direction | None:
        """The table, or None with `errors`. Blank rows and columns are left out."""
        times = [
            [self._time(r, c) for c in range(len(self.calendars))] for r in range(len(self.stops))
        ]
        rows = [
            row
            for row in range(len(self.stops))
            if self.stops[row] or any(cell.strip() for cell in self.cells[row])
        ]
        columns = [
            column
            for column in range(len(self.calendars))
            if any(self.cells[row][column].strip() for row in rows)
        ]
        for row in rows:
            if self.stops[row] not in stops:
                self.errors.append(gettext("Ред %(n)s: изберете спирка", n=row + 1))
        for column in columns:
            if self.calendars[column] not in calendars:
                self.errors.append(gettext("Курс %(n)s: изберете в кои дни се движи", n=column + 1))
        if self.errors:
            return None
        trips = (
            Trip(self.calendars[column], tuple(times[row][column] for row in rows))
            for column in columns
        )
        return Direction(
            tuple(self.stops[row] for row in rows), tuple(trip for trip in trips if trip.served)
        )

    def _time(self, row: int, column: int) -> int | None:
        cell = self.cells[row][column]
        try:
            return read_time(cell)
        except ValueError:
            self.wrong.add((row, column))
            self.errors.append(
                gettext(
                    "Ред %(row)s, курс %(column)s: „%(typed)s“ не е час. Напишете го като 8:05.",
                    row=row + 1,
                    column=column + 1,
                    typed=cell,
                )
            )
            return None


def _length(form: Mapping[str, str], prefix: str, most: int) -> int:
    return next((number for number in range(most) if f"{prefix}{number}" not in form), most)


def _whole(typed: str, most: int) -> int | None:
    number = int(typed) if _number(typed.strip()) else None
    return number if number is not None and abs(number) <= most else None


def _moved(cell: str, minutes: int) -> str:
    seconds = read_time(cell)
    if seconds is None:
        return cell
    moved = write_time(seconds + minutes * MINUTE)
    read_time(moved)  # raises for what leaves the day
    return moved
