"""What taxes and fees do when money comes, goes, or is no longer asked for."""

from obshto.modules.payments.services.bundles import note_charge
from obshto.platform.modularity.manifest import Job

REACTIONS = {
    "billing:charge.paid": Job(name="payments:note-paid", run=note_charge),
    "billing:charge.reopened": Job(name="payments:note-reopened", run=note_charge),
    "billing:charge.cancelled": Job(name="payments:note-cancelled", run=note_charge),
}
