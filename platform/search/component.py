"""What the search contributes: what can be found, and the jobs that keep it."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Component, Job, NoPersonalData, RetentionRule
from obshto.platform.modularity.retention_rules import STORAGE_LIMITATION
from obshto.platform.search.models import PublicRow, SearchDay, SearchEntry, SearchWish
from obshto.platform.search.services import INDEX, RENEW, index, renew

COMPONENT = Component(
    slug="search",
    folder=Path(__file__).parent,
    models=(PublicRow, SearchEntry, SearchDay, SearchWish),
    jobs=(
        Job(name=INDEX, run=index, is_low_priority=True),
        Job(name=RENEW, run=renew, every="17 2 * * *", is_low_priority=True),
    ),
    kept_elsewhere=(
        RetentionRule(
            what=_("Търсене в портала"),
            kept=_("докато страницата се вижда; какво е търсено не се пази"),
            ground=STORAGE_LIMITATION,
            how=_("минути след като страницата бъде скрита или изтрита, най-късно същата нощ"),
        ),
    ),
    privacy=NoPersonalData(because="it holds what is published; what was asked is kept nowhere"),
)
