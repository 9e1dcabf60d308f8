"""Jobs of the review of access, by the clock (UTC)."""

from obshto.modules.accessreview.services.reviews import forget_old
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="accessreview:forget-old", run=forget_old, every="55 2 * * *", retention="review"),
)
