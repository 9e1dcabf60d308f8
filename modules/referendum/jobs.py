"""Jobs of referenda, by the clock."""

from obshto.modules.referendum.services.retention import empty_old_petitions, watch_terms
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="referendum:watch-terms", run=watch_terms, every="20 5 * * 1-5"),
    Job(
        name="referendum:empty-petitions",
        run=empty_old_petitions,
        every="50 1 * * *",
        retention="petition",
    ),
)
