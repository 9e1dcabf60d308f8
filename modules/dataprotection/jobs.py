"""Jobs of data protection, by the clock (UTC)."""

from obshto.modules.dataprotection.services.detection import EXAMINE, examine_looks
from obshto.modules.dataprotection.services.incidents import watch_terms
from obshto.modules.dataprotection.services.retention import forget_leaves, forget_old
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name=EXAMINE, run=examine_looks, every="*/15 * * * *", is_low_priority=True),
    Job(name="dataprotection:watch-terms", run=watch_terms, every="20 * * * *"),
    Job(name="dataprotection:forget-old", run=forget_old, every="45 2 * * *", retention="finding"),
    Job(
        name="dataprotection:forget-leaves",
        run=forget_leaves,
        every="47 2 * * *",
        retention="leave",
    ),
)
