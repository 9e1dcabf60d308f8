"""Job of reports on participation, by the clock."""

from obshto.modules.participation.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job

JOBS = (Job(name="participation:show-all-in-region", run=show_in_region, every="40 2 * * *"),)
