"""What the search contributes: the region's list and the job that keeps it."""

from pathlib import Path

from obshto.platform.modularity.manifest import Job, NoPersonalData, Part
from obshto.platform.search.models import PublicRow
from obshto.platform.search.services import INDEX, index

PART = Part(
    slug="search",
    folder=Path(__file__).parent,
    models=(PublicRow,),
    jobs=(Job(name=INDEX, run=index),),
    privacy=NoPersonalData(because="it holds what is published, nothing else"),
)
