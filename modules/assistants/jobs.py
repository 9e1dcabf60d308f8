"""Jobs of digital assistants, by the clock (UTC)."""

from obshto.modules.assistants.services.check_ins import watch_check_ins
from obshto.modules.assistants.services.reminders import remind
from obshto.modules.assistants.services.retention import empty_old_requests, watch_terms
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="assistants:watch-check-ins", run=watch_check_ins, every="*/5 * * * *"),
    Job(name="assistants:remind", run=remind, every="20 4-16 * * *"),
    Job(name="assistants:watch-terms", run=watch_terms, every="15 5 * * 1-5"),
    Job(name="assistants:empty-old", run=empty_old_requests, every="55 1 * * *", retention="visit"),
)
