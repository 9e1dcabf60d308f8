"""Jobs of retention, by the clock (UTC) and when asked for."""

from obshto.modules.retention.services.checks import CHECK, carry_out_check, check_by_night
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name=CHECK, run=carry_out_check),
    Job(
        name="retention:check-by-night",
        run=check_by_night,
        every="25 3 * * *",
        is_low_priority=True,
    ),
)
