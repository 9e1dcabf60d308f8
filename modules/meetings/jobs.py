"""Jobs of meetings, by the clock."""

from obshto.modules.meetings.services.decisions import watch_decisions
from obshto.modules.meetings.services.feedback import ask_guests
from obshto.modules.meetings.services.publication import (
    announce_waiting,
    erase_deleted,
    remind_guests,
)
from obshto.modules.meetings.services.regional import show_all_in_region
from obshto.modules.meetings.services.retention import forget_old_guests
from obshto.modules.meetings.services.straw_polls import close_ended_straw_polls
from obshto.modules.meetings.services.video_room import close_ended_rooms
from obshto.platform.modularity.manifest import DELETED_TEXTS, Job

JOBS = (
    Job(name="meetings:announce-waiting", run=announce_waiting, every="*/5 * * * *"),
    Job(name="meetings:close-ended-rooms", run=close_ended_rooms, every="*/5 * * * *"),
    Job(name="meetings:close-straw-polls", run=close_ended_straw_polls, every="*/5 * * * *"),
    Job(name="meetings:remind-guests", run=remind_guests, every="20 6-17 * * *"),
    Job(name="meetings:ask-guests", run=ask_guests, every="40 6-17 * * *"),
    Job(name="meetings:watch-decisions", run=watch_decisions, every="35 5 * * 1-5"),
    Job(
        name="meetings:erase-deleted",
        run=erase_deleted,
        every="52 1 * * *",
        retention=DELETED_TEXTS,
    ),
    Job(
        name="meetings:forget-guests", run=forget_old_guests, every="54 1 * * *", retention="guest"
    ),
    Job(name="meetings:show-all-in-region", run=show_all_in_region, every="56 1 * * *"),
)
