"""Today's line of centres: whose office hours are today."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from obshto.modules.centres.services.kinds import OFFICE
from obshto.modules.centres.services.queries import published
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.modularity.manifest import Today
from obshto.platform.opening_hours.hours import Hours, read, wall_moment
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language
from obshto.platform.web.validity import keep_until

LOOKED_AT = 20


def reception_today(uow: UnitOfWork) -> Today | None:
    """The next office hours that are not over today. One query."""
    day = day_of(uow.now)
    keep_until(next_midnight(uow.now))
    found = [
        (span.opens, wall_moment(day, span.closes), span, office)
        for office in uow.session.scalars(published(OFFICE).limit(LOOKED_AT))
        for span in (read(office.hours) or Hours()).on(day)
        if wall_moment(day, span.closes) > uow.now
    ]
    if not found:
        return None
    _opens, ends, span, office = min(found, key=lambda one: one[0])
    keep_until(ends)
    name, _about, language = office.told(current_language())
    return Today(
        title=gettext(
            "Приемно време от %(opens)s до %(closes)s", opens=span.opens_at, closes=span.closes_at
        ),
        text=name,
        language=language,
        path=url_for("centres_citizen.show", centre_id=office.id),
        weight=20,
    )
