"""What news do by the clock."""

from obshto.modules.news.services import announce_waiting, erase_deleted
from obshto.platform.modularity.manifest import DELETED_TEXTS, Job

JOBS = (
    Job(name="news:announce-waiting", run=announce_waiting, every="*/5 * * * *"),
    Job(name="news:erase-deleted", run=erase_deleted, every="40 1 * * *", retention=DELETED_TEXTS),
)
