"""Line of today: the referendum that is called."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select

from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.states import CALLED
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.modularity.manifest import Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.validity import keep_until


def called(uow: UnitOfWork) -> Today | None:
    """The next one, until its day is over. One query."""
    wanted = select(Referendum).where(
        Referendum.state == CALLED,
        Referendum.vote_on >= day_of(uow.now),
        Referendum.sequence > 0,
    )
    row = uow.session.scalars(wanted.order_by(Referendum.vote_on, Referendum.id).limit(1)).first()
    keep_until(next_midnight(uow.now) if row else None)
    if row is None or row.vote_on is None:
        return None
    return Today(
        title=gettext("Местен референдум на %(day)s, на хартия", day=day(row.vote_on)),
        text=row.question,
        language="bg",
        path=url_for("referendum_citizen.show", proposal_id=row.id),
        weight=5,
    )
