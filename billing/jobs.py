"""What money does by the clock, and after a commit."""

from __future__ import annotations

from obshto.billing.arrivals.services import look_after, send_refund
from obshto.billing.refunds.services import SEND
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="billing:look-after", run=look_after, every="*/10 * * * *"),
    Job(name=SEND, run=send_refund),
)
