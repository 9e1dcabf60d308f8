"""Scheduled jobs of transit."""

from obshto.modules.transit.services.publication import forget_old
from obshto.modules.transit.services.regional import show_in_region
from obshto.platform.modularity.manifest import DELETED_TEXTS, Job

JOBS = (
    Job(name="transit:forget-old", run=forget_old, every="50 1 * * *", retention=DELETED_TEXTS),
    Job(name="transit:show-in-region", run=show_in_region, every="54 1 * * *"),
)
