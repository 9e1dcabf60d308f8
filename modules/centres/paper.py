"""Posters of centres and office hours: where, when, whom to call."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.kinds import CENTRE, KINDS
from obshto.modules.centres.services.queries import offered_by, published
from obshto.platform.modularity.manifest import Paper
from obshto.platform.opening_hours.forms import WEEKDAYS
from obshto.platform.opening_hours.hours import Hours, read
from obshto.platform.opening_hours.hours_text import line_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, language_in_force, speaking


def paper_of(uow: UnitOfWork, centre_id: UUID) -> Paper | None:
    """In the language in force, else in Bulgarian; None for a draft."""
    centre = uow.session.scalar(published().where(Centre.id == centre_id))
    if centre is None:
        return None
    name, about, language = centre.told(language_in_force())
    with speaking(language):
        where = ", ".join(filter(None, (centre.settlement_in(language), centre.address)))
        facts = (
            (gettext("Къде"), where),
            (gettext("Кога"), week_line(read(centre.hours))),
            (gettext("Телефон"), centre.phone),
        )
        return Paper(
            kind=str(KINDS[centre.kind]),
            title=name,
            facts=tuple(fact for fact in facts if fact[1]),
            text=tuple(filter(None, (about, *_told(uow, centre, language)))),
            path=centre.path,
            language=language,
        )


def week_line(hours: Hours | None) -> str:
    """„Понеделник – Петък 8:30-12; Събота 9-13“: days in a row with the same hours together."""
    runs: list[tuple[int, int, str]] = []
    for number, spans in enumerate(hours.week if hours else ()):
        line = line_of(spans)
        if runs and runs[-1][2] == line and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number, line)
        else:
            runs.append((number, number, line))
    return "; ".join(f"{_days(first, last)} {line}" for first, last, line in runs if line)


def _days(first: int, last: int) -> str:
    begin, end = str(WEEKDAYS[first]), str(WEEKDAYS[last])
    return begin if first == last else f"{begin} – {end}"


def _told(uow: UnitOfWork, centre: Centre, language: str) -> list[str]:
    """What can be booked there, who helps; as staff wrote it, so in Bulgarian alone."""
    if language != SOURCE or centre.kind != CENTRE:
        return []
    things = ", ".join(one.name for one in offered_by(uow, [centre])[centre.id])
    booked = gettext("Запазва се:") + f" {things}" if things else ""
    return [centre.helper, booked, gettext("Може и без записване: елате и вземете номер.")]
