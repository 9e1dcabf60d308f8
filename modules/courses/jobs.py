"""Jobs of courses, by the clock."""

from obshto.modules.courses.services.fees.charges import catch_up
from obshto.modules.courses.services.fees.holds import lapse_unpaid, remind_unpaid
from obshto.modules.courses.services.retention import empty_old, forget_old_certificates
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="courses:empty-old", run=empty_old, every="50 1 * * *", retention="course"),
    Job(name="courses:catch-up-fees", run=catch_up, every="9-59/15 * * * *"),
    # By day in Bulgaria, all year: nobody's phone rings at night.
    Job(name="courses:remind-unpaid", run=remind_unpaid, every="35 6-15 * * *"),
    Job(name="courses:lapse-unpaid", run=lapse_unpaid, every="3-59/10 * * * *"),
    Job(
        name="courses:forget-old-certificates",
        run=forget_old_certificates,
        every="52 1 * * *",
        retention="course",
    ),
)
