"""What incidents contribute: the page of the state on each portal; the team's are the board's."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.ops.incidents.events import (
    ChangesResumed,
    ChangesStopped,
    IncidentAnnounced,
    IncidentUpdated,
)
from obshto.ops.incidents.models import Incident, Update
from obshto.ops.incidents.notifications import ANNOUNCED
from obshto.ops.incidents.portal import state_page
from obshto.platform.modularity.manifest import Component, Door, NavEntry, NoPersonalData
from obshto.platform.web.hosts import Host

COMPONENT = Component(
    slug="incidents",
    folder=Path(__file__).parent,
    models=(Incident, Update),
    events=(IncidentAnnounced, IncidentUpdated, ChangesStopped, ChangesResumed),
    notifications=(ANNOUNCED,),
    foot=(NavEntry(label=_("Състояние на портала"), endpoint="incidents_portal.status"),),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Състояние на портала"),
            endpoint="incidents_portal.status",
            hint=_("Работи ли всичко сега и кога е имало прекъсване"),
            weight=90,
        ),
    ),
    front={
        Host.MUNICIPALITY: state_page("incidents_portal"),
        Host.REGION: state_page("incidents_region"),
    },
    notices={
        "incidents.announced": _("Съобщението вече стои на всички страници, за които се отнася"),
        "incidents.updated": _("Новостта е публикувана"),
        "incidents.changed": _("Промените са запазени"),
    },
    privacy=NoPersonalData(because="it is said to everybody, by the team as a whole"),
)
