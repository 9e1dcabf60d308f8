"""What pages do by the clock."""

from obshto.modules.pages.services.answers import forget_old
from obshto.modules.pages.services.links import check_links
from obshto.modules.pages.services.publication import erase_old
from obshto.platform.modularity.manifest import DELETED_TEXTS, Job

JOBS = (
    Job(name="pages:erase-old", run=erase_old, every="50 1 * * *", retention=DELETED_TEXTS),
    Job(name="pages:forget-answers", run=forget_old, every="55 1 * * *", retention="opinion"),
    Job(name="pages:check-links", run=check_links, every="10 3 * * *"),
)
