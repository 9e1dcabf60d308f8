"""Minutes as an accessible PDF: the same edition as on the page and for programs, in Bulgarian."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from obshto.modules.meetings.models import Meeting, MinuteRecord
from obshto.modules.meetings.services.kinds import KINDS
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import TABLES, pdf_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, moment
from obshto.platform.web.language import SOURCE, speaking

_CHOICES = ("for", "against", "abstained", "absent")


def pdf_of_minutes(uow: UnitOfWork, meeting: Meeting, record: MinuteRecord) -> bytes:
    """The file of one edition. The same edition gives the same bytes."""
    told, published = record.content, day_of(record.published_at)
    with speaking(SOURCE):
        values = {
            "title": gettext("Протокол: %(title)s", title=told["title"]),
            "municipality": uow.scope.title,
            "lang": SOURCE,
            "at": [published.year, published.month, published.day],
            "intro": list(_intro(told)),
            "sections": [_section(point) for point in told["agenda"]],
            "foot": list(_foot(record)),
        }
        return pdf_of(TABLES, values)


def _intro(told: dict[str, Any]) -> Iterator[str]:
    starts_at = moment(datetime.fromisoformat(told["starts_at"]))
    yield ", ".join(filter(None, (KINDS[told["kind"]].title(SOURCE), starts_at, told["place"])))
    for words, label in (
        (told["moderators"], gettext("Води")),
        (told["minute_taker"], gettext("Протокол води")),
        (", ".join(told.get("attendance", ())), gettext("Съветници в залата")),
    ):
        if words:
            yield f"{label}: {words}"


def _foot(record: MinuteRecord) -> Iterator[str]:
    yield gettext("Редакция %(number)s", number=record.edition)
    yield gettext("Публикуван: %(when)s", when=moment(record.published_at))
    if record.why:
        yield record.why


def _section(point: dict[str, Any]) -> dict[str, Any]:
    before = [point["presenter"]] if point["presenter"] else []
    for entry in point["entries"]:
        before += _entry(entry)
    calls = point.get("roll_calls", [])
    return {
        "level": 2,
        "title": f"{point['number']}. {point['title']}",
        "before": before or [gettext("Няма запис.")],
        "tables": [_table(call) for call in calls],
        "after": [_outcome(call) for call in calls],
    }


def _entry(entry: dict[str, Any]) -> Iterator[str]:
    yield from (line for line in entry["text"].splitlines() if line.strip())
    if entry["motion"]:
        yield f"{gettext('Предложение:')} {entry['motion']}"
    if entry["votes_for"] is not None:
        yield gettext(
            "За: %(votes_for)s, против: %(votes_against)s, въздържали се: %(votes_abstained)s",
            **{name: entry[name] for name in ("votes_for", "votes_against", "votes_abstained")},
        )
    if entry["decision"]:
        number = gettext("Решение № %(number)s", number=entry["number"])
        yield f"{number if entry['number'] else gettext('Решение')}. {entry['decision']}"
    if entry["owner"]:
        yield f"{gettext('Изпълнява:')} {entry['owner']}"
    if entry["due_on"]:
        yield f"{gettext('До:')} {day(date.fromisoformat(entry['due_on']))}"


def _table(call: dict[str, Any]) -> dict[str, Any]:
    names = (gettext("За"), gettext("Против"), gettext("Въздържали се"), gettext("Отсъстват"))
    rows = [
        [f"{name}: {len(call[choice])}", ", ".join(call[choice]) or "–"]
        for name, choice in zip(names, _CHOICES, strict=True)
    ]
    head = [gettext("Поименно гласуване"), gettext("Съветници")]
    return {"head": head, "rows": rows, "widths": [1, 3]}


def _outcome(call: dict[str, Any]) -> str:
    adopted = gettext("прието") if call["is_adopted"] else gettext("не е прието")
    needed = gettext("Нужни гласове „за“: %(needed)s", needed=call["needed"])
    law = "; ".join(filter(None, (call["majority"], call["article"])))
    corrected = f" {gettext('Поправено:')} {call['correction']}" if call["correction"] else ""
    return f"{call['motion']} – {adopted}. {needed} ({law}).{corrected}"
