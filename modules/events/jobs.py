"""Scheduled jobs of events."""

from obshto.modules.events.services.publication import announce_waiting, erase_deleted
from obshto.modules.events.services.regional import show_all_in_region
from obshto.modules.events.services.reminders import forget_over, remind
from obshto.modules.events.services.suggestions import forget_old
from obshto.platform.modularity.manifest import DELETED_TEXTS, FOLLOWINGS, Job

JOBS = (
    Job(name="events:announce-waiting", run=announce_waiting, every="*/5 * * * *"),
    Job(
        name="events:erase-deleted", run=erase_deleted, every="44 1 * * *", retention=DELETED_TEXTS
    ),
    Job(
        name="events:forget-suggestions", run=forget_old, every="46 1 * * *", retention="suggestion"
    ),
    Job(name="events:remind", run=remind, every="25 5-17 * * *"),
    Job(name="events:forget-followers", run=forget_over, every="42 1 * * *", retention=FOLLOWINGS),
    Job(name="events:show-all-in-region", run=show_all_in_region, every="48 1 * * *"),
)
