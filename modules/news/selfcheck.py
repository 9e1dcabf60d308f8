"""What a whole site has of news."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.news.services import public
from obshto.platform.modularity.manifest import Criterion, Mend, Outcome
from obshto.platform.unit_of_work import UnitOfWork

FRESH, STALE = timedelta(days=30), timedelta(days=90)


def fresh(uow: UnitOfWork) -> Outcome:
    """Something new in the last month; half for something of the last three."""
    newest = uow.session.scalar(public(uow).limit(1))
    age = uow.now - newest.published_at if newest and newest.published_at else None
    share = 0.0 if age is None or age > STALE else 1.0 if age <= FRESH else 0.5
    mends = () if share == 1 else (Mend(gettext("Напишете новина"), "/console/news/new"),)
    return Outcome(share, mends)


SELFCHECK = (
    Criterion(
        word="news.fresh",
        title=_("Новина от последния месец"),
        advice=_("Портал без нови новини изглежда изоставен. Достатъчна е една на месец."),
        points=8,
        look=fresh,
    ),
)
