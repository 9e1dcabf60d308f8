"""Jobs of guides, by the clock (UTC)."""

from obshto.modules.guides.services.publication import erase_deleted
from obshto.modules.guides.services.readings import forget_readings
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="guides:erase-deleted", run=erase_deleted, every="50 1 * * *"),
    Job(name="guides:forget-readings", run=forget_readings, every="55 1 * * *"),
)
