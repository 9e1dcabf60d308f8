"""What places do by the clock."""

from obshto.modules.places.services.places import erase_deleted
from obshto.modules.places.services.queries import remind_of_stale
from obshto.modules.places.services.walks import erase_deleted_walks
from obshto.platform.modularity.manifest import DELETED_TEXTS, Job

JOBS = (
    Job(
        name="places:erase-deleted", run=erase_deleted, every="50 1 * * *", retention=DELETED_TEXTS
    ),
    Job(
        name="places:erase-deleted-walks",
        run=erase_deleted_walks,
        every="51 1 * * *",
        retention=DELETED_TEXTS,
    ),
    Job(name="places:remind-stale", run=remind_of_stale, every="20 6 * * 1"),
)
