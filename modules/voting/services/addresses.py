"""Address of the booth, and the places for paper on one line.

The booth has an origin of its own where there is TLS and whoever stands before the house leads
`vote.<host>` to it (`BOOTH_HOST`), else the municipality's.
"""

from __future__ import annotations

import re

from obshto.modules.voting.models import Election
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.separate_origin import SeparateOrigin, separate_host

BOOTH = SeparateOrigin(
    label="vote",
    answered=re.compile(r"/voting/[a-z0-9-]+/(booth|booth\.json|cast)"),
    led=re.compile(r"/((en|ro)/)?voting/[a-z0-9-]+/(trackers|check)?"),
)


def booth_address(uow: UnitOfWork, election: Election) -> str:
    """What stands on the letters. nginx leads `vote.<host>` here (deploy/nginx.conf)."""
    host = separate_host(uow.scope, BOOTH.label)
    return f"{uow.scope.scheme}://{host}/voting/{election.slug}/booth"


def places_of(election: Election, longest: int | None = None) -> str:
    """The places for paper and tablet on one line; of many, as many as fit in `longest`."""
    places = [line.strip().rstrip(".;") for line in election.places.splitlines() if line.strip()]
    while longest and len(places) > 1 and len("; ".join(places)) > longest:
        places.pop()
    return "; ".join(places)[:longest]
