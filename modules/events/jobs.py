"""Scheduled jobs of events."""

from obshto.modules.events.services.publication import announce_waiting, erase_deleted
from obshto.modules.events.services.regional import show_all_in_region
from obshto.modules.events.services.suggestions import forget_old
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="events:announce-waiting", run=announce_waiting, every="*/5 * * * *"),
    Job(name="events:erase-deleted", run=erase_deleted, every="44 1 * * *"),
    Job(name="events:forget-suggestions", run=forget_old, every="46 1 * * *"),
    Job(name="events:show-all-in-region", run=show_all_in_region, every="48 1 * * *"),
)
