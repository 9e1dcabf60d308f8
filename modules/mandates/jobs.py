"""Jobs of mandates, by the clock (UTC)."""

from obshto.modules.mandates.services.lifecycle import end_due_mandates
from obshto.modules.mandates.services.retention import empty_old_mandates
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="mandates:end-due", run=end_due_mandates, every="10 6 * * *"),
    Job(name="mandates:empty-old", run=empty_old_mandates, every="5 2 * * *", retention="mandate"),
)
