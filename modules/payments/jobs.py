"""What taxes and fees do by the clock."""

from obshto.modules.payments.services.bundles import catch_up
from obshto.modules.payments.services.import_review import LOOK, look_at_file
from obshto.modules.payments.services.import_run import BRING, bring_in
from obshto.modules.payments.services.import_undo import TAKE_BACK, take_back
from obshto.modules.payments.services.retention import forget_files, forget_old
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name=LOOK, run=look_at_file),
    Job(name=BRING, run=bring_in),
    Job(name=TAKE_BACK, run=take_back),
    Job(name="payments:catch-up", run=catch_up, every="17 * * * *"),
    Job(name="payments:forget-files", run=forget_files, every="25 1 * * *", retention="obligation"),
    Job(name="payments:forget-old", run=forget_old, every="35 1 * * *", retention="obligation"),
)
