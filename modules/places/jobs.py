"""What places do by the clock."""

from obshto.modules.places.services.places import erase_deleted
from obshto.modules.places.services.queries import remind_of_stale
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="places:erase-deleted", run=erase_deleted, every="50 1 * * *"),
    Job(name="places:remind-stale", run=remind_of_stale, every="20 6 * * 1"),
)
