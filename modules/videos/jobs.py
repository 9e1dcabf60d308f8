"""Jobs of videos, by the clock. Rows go first: the sweep finds the files that nobody names."""

from obshto.modules.videos.services.retention import erase_expired
from obshto.modules.videos.services.uploads import forget_stale_uploads, sweep_files
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="videos:erase-expired", run=erase_expired, every="12 2 * * *", retention="video"),
    Job(
        name="videos:forget-uploads",
        run=forget_stale_uploads,
        every="14 2 * * *",
        retention="video",
    ),
    Job(name="videos:sweep-files", run=sweep_files, every="32 2 * * *"),
)
