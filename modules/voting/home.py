"""Line of today: the vote that runs."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from obshto.modules.voting.services.queries import next_open
from obshto.platform.modularity.manifest import Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.validity import limit_validity


def running(uow: UnitOfWork) -> Today | None:
    """The one that ends first. One query."""
    election = next_open(uow)
    if election is None:
        return None
    limit_validity(election.closes_at)
    return Today(
        title=gettext("Гласува се до %(moment)s", moment=moment(election.closes_at)),
        text=election.title,
        language="bg",
        path=url_for("voting_citizen.show", election_slug=election.slug),
        weight=6,
    )
