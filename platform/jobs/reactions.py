"""Parts that react to the facts of others hear of them after the commit."""

from __future__ import annotations

from obshto.platform.modularity.registry import current_registry
from obshto.platform.work import Work


def ask_for_reactions(work: Work) -> None:
    """Closer: one job for each part that reacts to what happened."""
    if not work.scope:
        return
    for part in current_registry().parts.values():
        for fact in work.facts:
            if reaction := part.reactions.get(fact.name):
                work.later(reaction.name, payload=fact.payload())
