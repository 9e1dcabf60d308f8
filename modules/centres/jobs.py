"""Jobs of centres, by the clock."""

from obshto.modules.centres.services.volunteers import forget_volunteers
from obshto.modules.centres.services.walk_in import end_yesterday
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="centres:end-yesterday", run=end_yesterday, every="5 1 * * *"),
    Job(
        name="centres:forget-volunteers",
        run=forget_volunteers,
        every="20 1 * * *",
        retention="rota",
    ),
)
