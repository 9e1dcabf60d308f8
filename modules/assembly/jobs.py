"""Jobs of assembly, by the clock."""

from obshto.modules.assembly.services.retention import (
    empty_old_petitions,
    end_idle_petitions,
    watch_terms,
)
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="assembly:watch-terms", run=watch_terms, every="35 5 * * 1-5"),
    Job(name="assembly:end-idle", run=end_idle_petitions, every="25 1 * * *"),
    Job(
        name="assembly:empty-petitions",
        run=empty_old_petitions,
        every="40 1 * * *",
        retention="petition",
    ),
)
