"""Reactions: the region shows a year as soon as it is published."""

from obshto.modules.participation.events import ReportPublished
from obshto.modules.participation.services.regional import show_in_region
from obshto.platform.modularity.manifest import Job

REACTIONS = {
    ReportPublished.name: Job(name="participation:show-published", run=show_in_region),
}
