"""Component of the thread: its tables, the page of a line, the jobs that keep it true."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, Job, NoPersonalData, Unmarked
from obshto.platform.thread.citizen import citizen
from obshto.platform.thread.deadlines import tell_late
from obshto.platform.thread.events import EVENTS
from obshto.platform.thread.models import MODELS
from obshto.platform.thread.notifications import NOTIFICATIONS
from obshto.platform.thread.paper import paper_of
from obshto.platform.thread.permissions import ThreadPermission
from obshto.platform.thread.writer import renew

COMPONENT = Component(
    slug="thread",
    folder=Path(__file__).parent,
    models=MODELS,
    permissions=tuple(ThreadPermission),
    citizen=citizen,
    canary=Unmarked(because="its page shows what is public, and days of that"),
    events=EVENTS,
    notifications=NOTIFICATIONS,
    paper=paper_of,
    jobs=(
        Job(name="thread:renew", run=renew, every="35 1 * * *"),
        Job(name="thread:tell-late", run=tell_late, every="0 5 * * *"),
    ),
    privacy=NoPersonalData(because="it keeps titles and days of what is published"),
)
