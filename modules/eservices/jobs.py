"""What services do by the clock."""

from obshto.modules.eservices.services.access_log import copy_looks
from obshto.modules.eservices.services.design.inheritance import watch_versions
from obshto.modules.eservices.services.design.regional import bring_regional, come_by_date
from obshto.modules.eservices.services.dogs.duties import charge_dogs
from obshto.modules.eservices.services.dogs.reminders import remind_of_vaccinations
from obshto.modules.eservices.services.drafts import sweep_drafts
from obshto.modules.eservices.services.fees import catch_up
from obshto.modules.eservices.services.powers.endings import empty_old_powers, end_due_powers
from obshto.modules.eservices.services.reminders import remind_of_drafts, watch_terms
from obshto.modules.eservices.services.renewals import watch_expiry
from obshto.modules.eservices.services.retention import empty_old_cases, forget_old_dogs
from obshto.modules.eservices.services.seal_move import move_seals
from obshto.modules.eservices.services.search_words import index_old_cases
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="eservices:remind-drafts", run=remind_of_drafts, every="0 7 * * *"),
    Job(name="eservices:watch-terms", run=watch_terms, every="15 5 * * 1-5"),
    Job(name="eservices:catch-up-fees", run=catch_up, every="*/15 * * * *"),
    Job(name="eservices:watch-expiry", run=watch_expiry, every="30 6 * * *"),
    Job(name="eservices:watch-versions", run=watch_versions, every="50 * * * *"),
    Job(name="eservices:bring-regional", run=bring_regional, every="52 * * * *"),
    Job(name="eservices:come-by-date", run=come_by_date, every="54 6 * * *"),
    Job(
        name="eservices:sweep-drafts", run=sweep_drafts, every="10 1 * * *", retention="application"
    ),
    Job(
        name="eservices:empty-old-cases",
        run=empty_old_cases,
        every="20 1 * * *",
        retention="application",
    ),
    Job(name="eservices:index-old-cases", run=index_old_cases, every="*/10 * * * *"),
    Job(name="eservices:move-seals", run=move_seals, every="*/10 * * * *"),
    Job(name="eservices:copy-looks", run=copy_looks, every="*/10 * * * *"),
    Job(name="eservices:charge-dogs", run=charge_dogs, every="40 4 * * *"),
    Job(name="eservices:remind-vaccinations", run=remind_of_vaccinations, every="20 7 * * *"),
    Job(name="eservices:end-due-powers", run=end_due_powers, every="5 0 * * *"),
    Job(
        name="eservices:empty-old-powers",
        run=empty_old_powers,
        every="25 1 * * *",
        retention="power",
    ),
    Job(name="eservices:forget-old-dogs", run=forget_old_dogs, every="30 1 * * *", retention="dog"),
)
