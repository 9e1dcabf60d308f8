"""Jobs of training, by the clock (UTC)."""

from obshto.modules.training.services.practice import reset, reset_by_night
from obshto.modules.training.services.records import forget_old, remind_of_ends
from obshto.platform.modularity.manifest import Job
from obshto.tenants.api import RESET

JOBS = (
    Job(name=RESET, run=reset),
    # Three o'clock in Sofia is midnight in summer, one o'clock in winter.
    Job(name="training:reset-by-night", run=reset_by_night, every="0 0,1 * * *"),
    Job(name="training:remind", run=remind_of_ends, every="35 5 * * *"),
    Job(name="training:forget-old", run=forget_old, every="25 2 * * *", retention="record"),
)
