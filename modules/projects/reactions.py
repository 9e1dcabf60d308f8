"""Reactions: the region's list follows each public change of a project."""

from obshto.modules.projects.events import EVENTS
from obshto.modules.projects.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job

REACTIONS = {
    fact.name: Job(
        name=f"projects:show-{fact.name.partition(':')[2].replace('.', '-')}", run=show_in_region
    )
    for fact in EVENTS
    if fact.is_public
}
