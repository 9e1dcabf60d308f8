"""Reactions: the region's numbers follow each promise that staff enter or end."""

from obshto.modules.promises.events import EVENTS
from obshto.modules.promises.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job

REACTIONS = {
    fact.name: Job(name=f"promises:show-{fact.name.rpartition('.')[2]}", run=show_in_region)
    for fact in EVENTS
}
