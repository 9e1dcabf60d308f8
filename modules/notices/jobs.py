"""What notices do by the clock."""

from obshto.modules.notices.services.edits import forget_old
from obshto.platform.modularity.manifest import Job

JOBS = (Job(name="notices:forget-old", run=forget_old, every="52 1 * * *", retention="authorship"),)
