"""Whatever a part takes away by the clock is declared, so that it is counted, held back, proven."""

import inspect
import re
from datetime import timedelta

from sqlalchemy import func, select
from tests.support.contract import ONLY

from obshto.ops.compose import all_components
from obshto.platform.db.base import TenantModel
from obshto.platform.modularity.manifest import RetentionRule
from obshto.platform.privacy.retention_run import forecast, retention_jobs

VILLAGE = "gorno-selo"
PARTS = [part for part in all_components() if ONLY in ("", part.slug)]
TAKES = re.compile(r"\bdelete\(|session\.delete|\b_?(?:forget|erase|empty|sweep)_?\w*\(")
NAMED = re.compile(r":(?:forget|erase|empty|sweep)-?")
# These take away something else than data whose term has passed.
OTHERWISE = {
    "brake:sweep": "hashes of networks for a day, in the region's tables",
    "sso:sweep": "attempts to sign in that nobody finished, in the region's tables",
    "tenants:sweep-sessions": "sessions that have ended, in the region's tables",
    "videos:sweep-files": "files; their rows went before, in a run of their own",
    "retention:check-by-night": "numbers of dry runs",
    "dataprotection:examine-looks": "marks of looks that were examined; the looks stay",
    "eservices:move-seals": "papers move, nothing goes",
    "meetings:close-ended-rooms": "who is in a room goes when the room closes, not by a term",
    "pages:check-links": "links of pages that have changed since",
    "thread:renew": "points of what is not shown any more",
    **{
        f"{part}:{job}": "public things shown to the region, written anew"
        for part, job in (
            *((part, "show-all-in-region") for part in ("consultations", "events", "meetings")),
            *(
                (part, "show-all-in-region")
                for part in ("participation", "projects", "promises", "reports")
            ),
            ("opendata", "show-in-region"),
            ("transit", "show-in-region"),
        )
    },
}


def takes_away(job):
    return bool(NAMED.search(job.name) or TAKES.search(inspect.getsource(job.run)))


def test_a_job_that_takes_data_away_by_the_clock_says_by_which_rule():
    jobs = [job for part in PARTS for job in part.jobs if job.every and takes_away(job)]
    assert [job.name for job in jobs if job.retention is None and job.name not in OTHERWISE] == []


def test_a_rule_is_one_that_people_are_told_of():
    for part, job in retention_jobs(iter(PARTS)):
        words = {one.word for one in part.processing}
        assert isinstance(job.retention, RetentionRule) or job.retention in words, job.name


def test_a_dry_run_of_every_job_far_ahead_takes_nothing(uow_in, seeded):
    with uow_in(VILLAGE) as uow:
        before = sizes(uow)
        told = {
            job.name: forecast(uow, part, job, uow.now + timedelta(days=366 * 11))
            for part, job in retention_jobs(iter(PARTS))
        }
        assert sizes(uow) == before and uow.facts == [] and uow.jobs == []
    if not ONLY:
        assert sum(bool(one.erased or one.emptied) for one in told.values()) > 20


def sizes(uow):
    tables = TenantModel.metadata.sorted_tables
    return {
        table.name: uow.session.scalar(select(func.count()).select_from(table)) for table in tables
    }
