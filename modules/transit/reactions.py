"""Reactions: a changed network is copied to the region."""

from obshto.modules.transit.events import PUBLIC
from obshto.modules.transit.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job


def _name(fact: str) -> str:
    """Each reaction is a task of its own: „transit:show-line-published“."""
    return f"transit:show-{fact.partition(':')[2].replace('.', '-')}"


REACTIONS = {fact.name: Job(name=_name(fact.name), run=show_in_region) for fact in PUBLIC}
