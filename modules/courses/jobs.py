"""Jobs of courses, by the clock."""

from obshto.modules.courses.services.retention import empty_old, forget_old_certificates
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="courses:empty-old", run=empty_old, every="50 1 * * *"),
    Job(name="courses:forget-old-certificates", run=forget_old_certificates, every="52 1 * * *"),
)
