"""Jobs of requests: by the clock, and the copy that is put together on request."""

from obshto.modules.personaldata.services.copies import assemble_copy, forget_copies
from obshto.modules.personaldata.services.request_actions import ASSEMBLE
from obshto.modules.personaldata.services.retention import (
    empty_old_requests,
    lapse_unconfirmed,
    watch_terms,
)
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name=ASSEMBLE, run=assemble_copy),
    Job(name="personaldata:watch-terms", run=watch_terms, every="35 5 * * 1-5"),
    Job(
        name="personaldata:lapse-unconfirmed",
        run=lapse_unconfirmed,
        every="5 1 * * *",
        retention="request",
    ),
    Job(
        name="personaldata:empty-old",
        run=empty_old_requests,
        every="55 1 * * *",
        retention="request",
    ),
    Job(
        name="personaldata:forget-copies",
        run=forget_copies,
        every="25 1 * * *",
        retention="request",
    ),
)
