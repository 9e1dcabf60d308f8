"""Jobs of voters: after a new list, and by the clock."""

from obshto.modules.voters.services.registrations import accept_listed
from obshto.modules.voters.services.retention import forget_old
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="voters:accept-listed", run=accept_listed),
    Job(name="voters:forget-old", run=forget_old, every="50 2 * * *", retention="registration"),
)
