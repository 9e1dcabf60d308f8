"""Opening hours as a clerk writes them: one line a day, read and written back."""

from __future__ import annotations

import re
from datetime import date

from obshto.platform.opening_hours.errors import (
    ChangeUnclear,
    HoursOverlap,
    HoursUnclear,
    TooManyChanges,
)
from obshto.platform.opening_hours.hours import CLOSED, DAY, HoursChange, Span, Spans, clock

MOST_CHANGES = 40
# As they are written back, then as colleagues write who use the console in another language.
SHUT, USUAL, WHOLE_DAY = "затворено", "както обикновено", "денонощно"
SHUT_TOO, USUAL_TOO = ("closed", "închis"), ("as usual", "ca de obicei")
WHOLE_DAY_TOO = ("all day", "non-stop")
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "нд")
WEEKDAYS_TOO = (
    ("mo", "tu", "we", "th", "fr", "sa", "su"),
    ("lu", "ma", "mi", "jo", "vi", "sa", "du"),
)

_time = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?").fullmatch
_filler = re.compile(r"\b(?:ч|часа|от)\b\.?")
_span_dash = re.compile(r"\s*(?:-|–|—|\bдо\b)\s*")
_date = r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?\.?(?:\s*г\.)?"
_change = re.compile(
    rf"{_date}(?:\s*[-–—]\s*{_date})?(?:\s+([^\W\d]{{2}})(?:\s*[-–—]\s*([^\W\d]{{2}}))?)?\s*:\s*(.*)"
).fullmatch


def spans_of(line: str) -> Spans:
    """„08:00-12:00, 13:00-17:00“ as spans; an empty line is closed.

    A span that ends no later than it begins ends on the day after. Raises HoursUnclear,
    HoursOverlap.
    """
    plain = _plain(line)
    if plain in ("", SHUT, *SHUT_TOO):
        return CLOSED
    if plain in (WHOLE_DAY, *WHOLE_DAY_TOO):
        return (Span(0, DAY),)
    spans = sorted(_span(piece.strip()) for piece in re.split(r"[,;]", plain) if piece.strip())
    for before, after in zip(spans, spans[1:], strict=False):
        if after.opens < before.closes:
            raise HoursOverlap(piece=line.strip())
    if not spans or spans[-1].closes > spans[0].opens + DAY:
        raise HoursOverlap(piece=line.strip())
    return tuple(spans)


def line_of(spans: Spans) -> str:
    """The line that `spans_of` reads back."""
    if spans == (Span(0, DAY),):
        return WHOLE_DAY
    return ", ".join(f"{clock(s.opens)}-{clock(s.closes)}" for s in spans)


def holidays_of(line: str) -> Spans | None:
    """What holds on public holidays; None for „as usual“. Raises as `spans_of`."""
    return None if _plain(line) in (USUAL, *USUAL_TOO) else spans_of(line)


def holidays_line(spans: Spans | None) -> str:
    """The line that `holidays_of` reads back."""
    return USUAL if spans is None else line_of(spans)


def changes_of(text: str) -> tuple[HoursChange, ...]:
    """One change a line: „24.12-26.12: затворено“, „1.6.2027-31.8.2027 сб-нд: 8-20“.

    Raises ChangeUnclear with the number of the line, TooManyChanges, and as `spans_of`.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_CHANGES:
        raise TooManyChanges(limit=MOST_CHANGES)
    return tuple(_change_of(number, line) for number, line in lines)


def changes_text(changes: tuple[HoursChange, ...]) -> str:
    """The lines that `changes_of` reads back."""
    return "\n".join(_change_line(change) for change in changes)


def _plain(line: str) -> str:
    return " ".join(_filler.sub(" ", line.casefold()).split())


def _span(piece: str) -> Span:
    ends = _span_dash.split(piece)
    if len(ends) != 2:
        raise HoursUnclear(piece=piece)
    opens, closes = (_minute(end.strip(), piece) for end in ends)
    if opens in (DAY, closes):
        raise HoursUnclear(piece=piece)
    return Span(opens, closes if closes > opens else closes + DAY)


def _minute(written: str, piece: str) -> int:
    found = _time(written)
    if not found or not found[0].isascii():
        raise HoursUnclear(piece=piece)
    minute = int(found[1]) * 60 + int(found[2] or 0)
    if minute > DAY or int(found[2] or 0) > 59:
        raise HoursUnclear(piece=piece)
    return minute


def _change_of(number: int, line: str) -> HoursChange:
    unclear = ChangeUnclear(line=number, piece=line.strip())
    found = _change(" ".join(line.casefold().split()))
    if not found:
        raise unclear
    day, month, year, last_day, last_month, last_year, weekday, last_weekday, said = found.groups()
    if not said.strip():
        raise unclear
    first = _day(day, month, year, unclear)
    last = _day(last_day, last_month, last_year or year, unclear) if last_day else first
    if last_year and not year or (year and _key(last) < _key(first)):
        raise unclear
    return HoursChange(
        first=first[1:],
        last=last[1:],
        year=first[0],
        last_year=last[0],
        weekdays=_weekdays(weekday, last_weekday, unclear),
        spans=spans_of(said),
    )


Day = tuple[int | None, int, int]


def _day(day: str, month: str, year: str | None, unclear: ChangeUnclear) -> Day:
    try:
        found = date(int(year or 2028), int(month), int(day))  # 29 February is a day of some years
    except ValueError:
        raise unclear from None
    return (found.year if year else None, found.month, found.day)


def _key(day: Day) -> tuple[int, int, int]:
    return (day[0] or 0, day[1], day[2])


def _weekdays(first: str | None, last: str | None, unclear: ChangeUnclear) -> tuple[int, ...]:
    if first is None:
        return ()
    begin = _weekday(first)
    end = _weekday(last) if last else begin
    if begin is None or end is None or end < begin:
        raise unclear
    return tuple(range(begin, end + 1))


def _weekday(word: str) -> int | None:
    names = (days for days in (WEEKDAYS, *WEEKDAYS_TOO) if word in days)
    return next((days.index(word) for days in names), None)


def _change_line(change: HoursChange) -> str:
    dates = _written(change.first, change.year)
    if (change.last, change.last_year) != (change.first, change.year):
        dates += "-" + _written(change.last, change.last_year)
    days = ""
    if change.weekdays:
        days = f" {WEEKDAYS[change.weekdays[0]]}"
        if len(change.weekdays) > 1:
            days += f"-{WEEKDAYS[change.weekdays[-1]]}"
    return f"{dates}{days}: {line_of(change.spans) or SHUT}"


def _written(day: tuple[int, int], year: int | None) -> str:
    return f"{day[1]}.{day[0]}" + (f".{year}" if year else "")
