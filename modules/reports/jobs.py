"""Jobs of reports, by the clock."""

from obshto.modules.reports.services.access_log import copy_looks
from obshto.modules.reports.services.escalation import watch_terms
from obshto.modules.reports.services.regional import show_all_in_region
from obshto.modules.reports.services.retention import (
    confirm_by_silence,
    empty_old_reports,
    remind_of_handed,
)
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="reports:watch-terms", run=watch_terms, every="25 5 * * 1-5"),
    Job(name="reports:remind-handed", run=remind_of_handed, every="35 5 * * 1-5"),
    Job(name="reports:confirm-fixed", run=confirm_by_silence, every="35 1 * * *"),
    Job(name="reports:copy-looks", run=copy_looks, every="*/10 * * * *"),
    Job(name="reports:empty-old", run=empty_old_reports, every="45 1 * * *", retention="report"),
    Job(name="reports:show-all-in-region", run=show_all_in_region, every="50 1 * * *"),
)
