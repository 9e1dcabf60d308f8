"""What services do when money comes, goes, or is no longer asked for."""

from obshto.modules.eservices.services.fees import note_charge
from obshto.platform.modularity.manifest import Job

REACTIONS = {
    "billing:charge.paid": Job(name="eservices:note-paid", run=note_charge),
    "billing:charge.reopened": Job(name="eservices:note-reopened", run=note_charge),
    "billing:charge.cancelled": Job(name="eservices:note-cancelled", run=note_charge),
}
