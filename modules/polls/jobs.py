"""What polls do by the clock."""

from obshto.modules.polls.services.deadlines import close_due, erase_deleted, seal_counted
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="polls:close-due", run=close_due, every="*/10 * * * *"),
    Job(name="polls:seal-counted", run=seal_counted, every="*/10 * * * *"),
    Job(
        name="polls:erase-deleted", run=erase_deleted, every="55 1 * * *", retention="participation"
    ),
)
