"""What news do by the clock."""

from obshto.modules.news.services import erase_deleted
from obshto.platform.modularity.manifest import Job

JOBS = (Job(name="news:erase-deleted", run=erase_deleted, every="40 1 * * *"),)
