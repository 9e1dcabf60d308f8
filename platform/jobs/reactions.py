"""Parts that react to the facts of others hear of them after the commit."""

from __future__ import annotations

from obshto.platform.modularity.registry import current_registry
from obshto.platform.unit_of_work import UnitOfWork


def ask_for_reactions(uow: UnitOfWork) -> None:
    """Closer: one job for each part that reacts to what happened."""
    if not uow.within:
        return
    for part in current_registry().parts.values():
        for fact in uow.facts:
            if reaction := part.reactions.get(fact.name):
                uow.defer(reaction.name, payload=fact.payload())
