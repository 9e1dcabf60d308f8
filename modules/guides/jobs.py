"""Jobs of guides, by the clock (UTC)."""

from flask_babel import lazy_gettext as _

from obshto.modules.guides.services.publication import erase_deleted
from obshto.modules.guides.services.readings import forget_readings
from obshto.platform.modularity.manifest import DELETED_TEXTS, Job, RetentionRule
from obshto.platform.modularity.retention_rules import STORAGE_LIMITATION

READINGS = RetentionRule(
    what=_("Кое упътване е било полезно, без имена"),
    kept=_("3 години"),
    ground=STORAGE_LIMITATION,
)
JOBS = (
    Job(
        name="guides:erase-deleted", run=erase_deleted, every="50 1 * * *", retention=DELETED_TEXTS
    ),
    Job(name="guides:forget-readings", run=forget_readings, every="55 1 * * *", retention=READINGS),
)
