"""Reactions of courses: money comes, goes, or is no longer asked for."""

from obshto.modules.courses.services.fees.charges import note_charge, note_refund
from obshto.platform.modularity.manifest import Job

REACTIONS = {
    "billing:charge.paid": Job(name="courses:note-paid", run=note_charge),
    "billing:charge.reopened": Job(name="courses:note-reopened", run=note_charge),
    "billing:charge.cancelled": Job(name="courses:note-cancelled", run=note_charge),
    "billing:charge.refunded": Job(name="courses:note-refunded", run=note_refund),
}
