"""Jobs of centres, by the clock."""

from obshto.modules.centres.services.walk_in import end_yesterday
from obshto.platform.modularity.manifest import Job

JOBS = (Job(name="centres:end-yesterday", run=end_yesterday, every="5 1 * * *"),)
