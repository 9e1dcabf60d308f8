"""Jobs of polling, by the clock."""

from obshto.modules.polling.services.commissions import forget_commissions
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(
        name="polling:forget-commissions",
        run=forget_commissions,
        every="40 2 * * *",
        retention="commission",
    ),
)
