"""Jobs of proposals, by the clock."""

from obshto.modules.proposals.services.questions import forget_old_questions
from obshto.modules.proposals.services.retention import (
    empty_old_proposals,
    forget_invited,
    hand_in_waiting,
    watch_council,
    watch_terms,
)
from obshto.platform.modularity.manifest import Job

JOBS = (
    Job(name="proposals:watch-terms", run=watch_terms, every="20 5 * * 1-5"),
    Job(name="proposals:watch-council", run=watch_council, every="22 5 * * 1-5"),
    Job(name="proposals:hand-in-waiting", run=hand_in_waiting, every="40 4 * * 1-5"),
    Job(
        name="proposals:forget-invited",
        run=forget_invited,
        every="50 1 * * *",
        retention="coauthor",
    ),
    Job(
        name="proposals:forget-questions",
        run=forget_old_questions,
        every="35 1 * * *",
        retention="question",
    ),
    Job(
        name="proposals:empty-old",
        run=empty_old_proposals,
        every="55 1 * * *",
        retention="proposal",
    ),
)
