"""Jobs of initiatives, by the clock."""

from obshto.modules.initiatives.services.retention import (
    empty_old_petitions,
    end_unfiled,
    watch_terms,
)
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="initiatives:watch-terms", run=watch_terms, every="25 5 * * 1-5"),
    Job(name="initiatives:end-unfiled", run=end_unfiled, every="45 1 * * *"),
    Job(
        name="initiatives:empty-petitions",
        run=empty_old_petitions,
        every="55 1 * * *",
        retention="petition",
    ),
)
