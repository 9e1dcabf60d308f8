"""What money does by the clock, and after a commit."""

from __future__ import annotations

from obshto.billing.arrivals.services import LOOK, look_after, look_once, send_refund
from obshto.billing.collecting.reconciliation import COLLECT
from obshto.billing.invoices.remittances import REMIND
from obshto.billing.refunds.services import SEND
from obshto.billing.retention import forget, forget_payers
from obshto.billing.sharing.usage import DAILY
from obshto.billing.statements.booking import BOOK, book_on
from obshto.billing.statements.reversal import UNDO, take_back
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="billing:look-after", run=look_after, every="*/10 * * * *"),
    Job(name="billing:forget-old", run=forget, every="15 1 * * *", retention="charge"),
    Job(name="billing:forget-payers", run=forget_payers, every="20 1 * * *", retention="statement"),
    Job(name=BOOK, run=book_on),
    Job(name=UNDO, run=take_back),
    Job(name=LOOK, run=look_once),
    Job(name=SEND, run=send_refund),
    DAILY,
    REMIND,
    COLLECT,
)
