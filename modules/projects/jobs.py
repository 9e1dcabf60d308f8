"""Jobs of projects."""

from obshto.modules.projects.services.publication import erase_deleted
from obshto.modules.projects.services.questions import forget_old
from obshto.modules.projects.services.regional import show_in_region
from obshto.modules.projects.services.reminders import ask_whether_true
from obshto.modules.projects.services.stages import tell_passed
from obshto.platform.modularity.manifest import DELETED_TEXTS, Job

JOBS = (
    Job(
        name="projects:erase-deleted",
        run=erase_deleted,
        every="55 1 * * *",
        retention=DELETED_TEXTS,
    ),
    Job(name="projects:forget-questions", run=forget_old, every="5 2 * * *", retention="question"),
    Job(name="projects:tell-passed", run=tell_passed, every="40 5 * * *"),
    Job(name="projects:ask-whether-true", run=ask_whether_true, every="25 6 * * 1"),
    Job(name="projects:show-all-in-region", run=show_in_region, every="25 2 * * *"),
)
