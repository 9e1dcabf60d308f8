"""What the brake contributes: its counters, and the job that forgets them."""

from pathlib import Path

from obshto.platform.modularity.manifest import Component, Job, NoPersonalData
from obshto.platform.rate_limit.models import Count
from obshto.platform.rate_limit.services import sweep

COMPONENT = Component(
    slug="brake",
    folder=Path(__file__).parent,
    models=(Count,),
    jobs=(Job(name="brake:sweep", run=sweep, every="29 * * * *"),),
    privacy=NoPersonalData(because="it keeps keyed hashes of networks for a day, no address"),
)
