"""Places of assemblies in words, and an assembly as an entry of calendars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from flask_babel import get_locale, gettext

from obshto.modules.assembly.models import Assembly, AssemblyPetition
from obshto.modules.assembly.services import queries
from obshto.modules.assembly.services.states import CANCELLED
from obshto.platform.calendar.icalendar_writer import CalendarEntry
from obshto.platform.calendar.recurrence import Recurrence
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import find_municipality, settlements_here

LASTS = timedelta(hours=2)  # what a calendar shows; when it ends the people decide
MOST = 200


def units_here(uow: UnitOfWork) -> Mapping[str, str]:
    """Settlements by EKATTE code, in the language in force; none where there are none."""
    language = _language()
    return {
        code: name.get(language) or name[SOURCE] for code, name in settlements_here(uow).items()
    }


def place_of(
    uow: UnitOfWork, assembly: Assembly | AssemblyPetition, units: Mapping[str, str]
) -> str:
    """Of whom it is or would be an assembly: a quarter, a settlement, else the municipality."""
    said = ", ".join(filter(None, (assembly.quarter, units.get(assembly.unit, ""))))
    return said or _whole(uow)


def _language() -> str:
    """The page's, or the one that `speaking` puts in its place."""
    locale = get_locale()
    return locale.language if locale else SOURCE


def _whole(uow: UnitOfWork) -> str:
    found = find_municipality(uow.scope.slug)
    return found.title(_language()) if found else uow.scope.title


def title_of(uow: UnitOfWork, assembly: Assembly, units: Mapping[str, str]) -> str:
    """As a list names it, in the language in force."""
    return str(gettext("Общо събрание: %(place)s", place=place_of(uow, assembly, units)))


def entries_between(
    uow: UnitOfWork, begin: datetime, end: datetime, place: str
) -> Sequence[CalendarEntry]:
    """What the calendar of the municipality shows of assemblies in a span. Two reads."""
    wanted = queries.public().where(Assembly.starts_at < end, Assembly.starts_at > begin - LASTS)
    wanted = wanted.where(Assembly.unit == place) if place else wanted
    found = uow.session.scalars(wanted.limit(MOST)).all()
    agendas = queries.questions_of(uow, [row.id for row in found])
    category = gettext("Общо събрание")
    with speaking(SOURCE):  # as the notice is
        units = units_here(uow) if found else {}
        return [
            _entry(uow, row, units, [one.text for one in agendas[row.id]], category)
            for row in found
        ]


def _entry(
    uow: UnitOfWork,
    row: Assembly,
    units: Mapping[str, str],
    agenda: Sequence[str],
    category: str,
) -> CalendarEntry:
    title, is_cancelled = title_of(uow, row, units), row.state == CANCELLED
    if is_cancelled:
        title = gettext("Отменено: %(title)s", title=title)
    url = f"{uow.scope.address}/assembly/{row.id}"
    return CalendarEntry(
        uid=row.id,
        sequence=row.version,
        changed_at=row.changed_at,
        when=Recurrence(starts_at=row.starts_at, ends_at=row.starts_at + LASTS),
        title=title,
        text="\n".join((*agenda, url)),
        location=row.place,
        url=url,
        category=category,
        is_cancelled=is_cancelled,
    )
