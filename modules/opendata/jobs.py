"""Jobs of open data: editions by night, terms by morning, what is forgotten."""

from obshto.modules.opendata.services.editions import (
    MAKE,
    REFRESH,
    SHOW,
    WRITE,
    make_edition,
    refresh_all,
    write_file,
)
from obshto.modules.opendata.services.regional import show_in_region
from obshto.modules.opendata.services.request_retention import (
    empty_old_requests,
    lapse_unclear,
    watch_terms,
)
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name=REFRESH, run=refresh_all, every="40 0 * * *"),
    Job(name=MAKE, run=make_edition, is_low_priority=True),
    Job(name=WRITE, run=write_file, is_low_priority=True),
    Job(name=SHOW, run=show_in_region, every="50 2 * * *"),
    Job(name="opendata:watch-terms", run=watch_terms, every="25 5 * * 1-5"),
    Job(name="opendata:lapse-unclear", run=lapse_unclear, every="15 1 * * *"),
    Job(name="opendata:empty-old", run=empty_old_requests, every="35 1 * * *", retention="request"),
)
