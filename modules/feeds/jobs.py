"""What posts do by the clock and after the commit."""

from obshto.modules.feeds.services.channels import check_channels
from obshto.modules.feeds.services.delivery import deliver, deliver_due
from obshto.modules.feeds.services.fan_out import DELIVER
from obshto.modules.feeds.services.feed_reader import READ, read_due, read_sources
from obshto.modules.feeds.services.retries import forget_old
from obshto.modules.feeds.services.source_changes import follow
from obshto.platform.modularity.manifest import Job

FOLLOW = Job(name="feeds:follow", run=follow)
JOBS = (
    Job(name=DELIVER, run=deliver),
    Job(name="feeds:deliver-due", run=deliver_due, every="* * * * *"),
    Job(name=READ, run=read_sources),
    Job(name="feeds:read-due", run=read_due, every="*/5 * * * *"),
    Job(name="feeds:check-channels", run=check_channels, every="17 4 * * *"),
    Job(name="feeds:forget-old", run=forget_old, every="41 1 * * *", retention="authorship"),
)
