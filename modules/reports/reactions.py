"""Reactions: what everybody sees of a report is copied to the region when it changes."""

from obshto.modules.reports import events
from obshto.modules.reports.services.neighbour_reports import REASON, pass_to_neighbour
from obshto.modules.reports.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job

# Those that change the state of a public report, besides the public ones.
CHANGING = (events.ReportSent, events.ReportTaken, events.ReporterAsked, events.ReporterAnswered)
COPIED = (*CHANGING, events.ReportGivenBack, *(f for f in events.EVENTS if f.is_public))


def _name(fact: str) -> str:
    """Each reaction is a task of its own: „reports:show-fixed“."""
    return f"reports:show-{fact.rpartition('.')[2]}"


REACTIONS = {
    **{fact.name: Job(name=_name(fact.name), run=show_in_region) for fact in COPIED},
    events.ReportToNeighbour.name: Job(name=REASON, run=pass_to_neighbour),
}
