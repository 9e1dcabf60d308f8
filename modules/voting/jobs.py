"""Jobs of votes: stages of the board, after an act and by the clock."""

from obshto.modules.voting.services.stages import advance, advance_all
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="voting:advance", run=advance),
    Job(name="voting:advance-all", run=advance_all, every="*/5 * * * *"),
)
