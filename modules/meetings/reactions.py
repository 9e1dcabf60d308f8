"""Reactions: a changed meeting is copied to the region."""

from obshto.modules.meetings.events import PUBLIC
from obshto.modules.meetings.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job

REACTIONS = {
    fact.name: Job(name=f"meetings:show-{fact.name.rpartition('.')[2]}", run=show_in_region)
    for fact in PUBLIC
}
