"""Jobs of votes: stages of the board, after an act and by the clock; the standing trial."""

from obshto.modules.voting.services.stages import advance, advance_all
from obshto.modules.voting.services.standing_trial import renew_trial
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="voting:advance", run=advance),
    Job(name="voting:advance-all", run=advance_all, every="*/5 * * * *"),
    Job(name="voting:renew-trial", run=renew_trial, every="*/15 * * * *"),
)
