"""Job of promises, by the clock."""

from obshto.modules.promises.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job

JOBS = (Job(name="promises:show-all-in-region", run=show_in_region, every="20 2 * * *"),)
