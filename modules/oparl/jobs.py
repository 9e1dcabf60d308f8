"""Jobs of OParl: a snapshot when asked for, and by the clock for what shows or ends by itself."""

from obshto.modules.oparl.services.snapshot import REFRESH, ask_refresh, refresh
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name=REFRESH, run=refresh, is_low_priority=True),
    Job(name="oparl:ask-refresh", run=ask_refresh, every="*/10 * * * *"),
)
