"""What taxes and fees do by the clock."""

from obshto.modules.payments.services.bundles import catch_up
from obshto.modules.payments.services.retention import forget_files, forget_old
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="payments:catch-up", run=catch_up, every="17 * * * *"),
    Job(name="payments:forget-files", run=forget_files, every="25 1 * * *"),
    Job(name="payments:forget-old", run=forget_old, every="35 1 * * *"),
)
