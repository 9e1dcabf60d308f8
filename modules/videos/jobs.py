"""Jobs of videos, by the clock. Rows go first: the sweep finds the files that nobody names."""

from obshto.modules.videos.services.live_recordings import end_lost_recordings
from obshto.modules.videos.services.renditions import make_renditions
from obshto.modules.videos.services.retention import erase_expired
from obshto.modules.videos.services.uploads import forget_stale_uploads, sweep_files
from obshto.platform.modularity.manifest import Job, QueueSlot

JOBS = (
    Job(name="videos:erase-expired", run=erase_expired, every="12 2 * * *", retention="video"),
    Job(
        name="videos:forget-uploads",
        run=forget_stale_uploads,
        every="14 2 * * *",
        retention="video",
    ),
    Job(name="videos:sweep-files", run=sweep_files, every="32 2 * * *"),
    Job(name="videos:end-recordings", run=end_lost_recordings, every="*/10 * * * *"),
    Job(
        name="videos:make-renditions",
        run=make_renditions,
        every="3-59/10 * * * *",
        slot=QueueSlot.ENCODING,
    ),
)
