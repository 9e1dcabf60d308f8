"""Scheduled jobs of consultations."""

from obshto.modules.consultations.services.deadlines import close_due
from obshto.modules.consultations.services.groups import GROUP, propose_groups
from obshto.modules.consultations.services.regional import show_in_region
from obshto.modules.consultations.services.retention import (
    empty_old_authors,
    erase_deleted,
    forget_unconfirmed,
    tell_authors,
)
from obshto.modules.consultations.services.table import set_tables
from obshto.modules.consultations.services.waves import WAVE, tell_wave
from obshto.platform.modularity.manifest import DELETED_TEXTS, Job

JOBS = (
    Job(name="consultations:close-due", run=close_due, every="*/5 * * * *"),
    Job(name="consultations:tell-authors", run=tell_authors, every="*/5 * * * *"),
    Job(name="consultations:set-tables", run=set_tables, every="*/10 * * * *"),
    Job(name=GROUP, run=propose_groups),
    Job(name=WAVE, run=tell_wave),
    Job(
        name="consultations:forget-unconfirmed",
        run=forget_unconfirmed,
        every="15 * * * *",
        retention="opinion",
    ),
    Job(
        name="consultations:empty-authors",
        run=empty_old_authors,
        every="50 1 * * *",
        retention="opinion",
    ),
    Job(
        name="consultations:erase-deleted",
        run=erase_deleted,
        every="52 1 * * *",
        retention=DELETED_TEXTS,
    ),
    Job(name="consultations:show-all-in-region", run=show_in_region, every="54 1 * * *"),
)
