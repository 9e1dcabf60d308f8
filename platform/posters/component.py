"""What posters contribute: a page of what can be printed, a short address, its numbers."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Component, Door, NavEntry, NoPersonalData, Unmarked
from obshto.platform.posters.console import console
from obshto.platform.posters.events import EVENTS
from obshto.platform.posters.front import front
from obshto.platform.posters.models import PosterAddress
from obshto.platform.posters.permissions import PostersPermission
from obshto.platform.web.hosts import Host

COMPONENT = Component(
    slug="posters",
    folder=Path(__file__).parent,
    models=(PosterAddress,),
    permissions=tuple(PostersPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Плакати и листовки"),
            endpoint="posters_console.index",
            permission=PostersPermission.PRINT,
            weight=59,
        ),
    ),
    console=console,
    front={Host.MUNICIPALITY: front},
    events=EVENTS,
    canary=Unmarked(because="its pages show what is public, and numbers of that"),
    # The paper hangs on the door, whatever the database is taken back to.
    outlives_restore=frozenset({"posters_address"}),
    privacy=NoPersonalData(because="it prints what is published and keeps the numbers of that"),
)
