"""Reactions: a changed event is copied to the region."""

from obshto.modules.events.events import PUBLIC
from obshto.modules.events.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job


def _name(fact: str) -> str:
    """Each reaction is a task of its own: „events:show-published“."""
    return f"events:show-{fact.rpartition('.')[2]}"


REACTIONS = {fact.name: Job(name=_name(fact.name), run=show_in_region) for fact in PUBLIC}
