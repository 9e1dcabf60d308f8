"""Jobs of warnings by the clock."""

from obshto.modules.crisis.services.calls import forget_calls
from obshto.modules.crisis.services.messages import forget_old
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="crisis:forget-old", run=forget_old, every="13 2 * * *", retention="warning"),
    Job(name="crisis:forget-calls", run=forget_calls, every="19 2 * * *", retention="call"),
)
