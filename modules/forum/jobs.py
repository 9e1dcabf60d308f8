"""Jobs of the forum, by the clock."""

from obshto.modules.forum.services.posts import publish_waiting
from obshto.modules.forum.services.retention import (
    empty_old_authors,
    forget_old_followers,
    forget_unconfirmed,
    tell_followers,
)
from obshto.platform.modularity.manifest import FOLLOWINGS, Job

JOBS = (
    Job(name="forum:publish-waiting", run=publish_waiting, every="*/5 * * * *"),
    Job(name="forum:tell-followers", run=tell_followers, every="30 15 * * *"),
    Job(
        name="forum:forget-unconfirmed",
        run=forget_unconfirmed,
        every="12 1 * * *",
        retention="post",
    ),
    Job(name="forum:empty-old", run=empty_old_authors, every="14 1 * * *", retention="post"),
    Job(
        name="forum:forget-followers",
        run=forget_old_followers,
        every="16 1 * * *",
        retention=FOLLOWINGS,
    ),
)
