"""Address of the booth: an origin of its own where there is TLS, else the municipality's."""

from __future__ import annotations

from obshto.modules.voting.models import Election
from obshto.platform.unit_of_work import UnitOfWork


def booth_address(uow: UnitOfWork, election: Election) -> str:
    """What stands on the letters. The web server leads `vote.<host>` here (deploy/nginx.conf)."""
    assert uow.scope
    host = f"vote.{uow.scope.host}" if uow.scope.scheme == "https" else uow.scope.host
    return f"{uow.scope.scheme}://{host}/voting/{election.slug}/booth"
