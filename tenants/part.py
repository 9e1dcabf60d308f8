"""What the room contributes: municipalities, people, front pages, the switches."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Job, NavEntry, Part, PersonalData
from obshto.platform.web.hosts import Host
from obshto.tenants.municipalities.models import Region, Settlement, Tenant
from obshto.tenants.people.models import Appointment, Person, SignedIn
from obshto.tenants.people.privacy import erase, export
from obshto.tenants.people.sessions import sweep_sessions
from obshto.tenants.portal.pages import portal
from obshto.tenants.portal.region import region
from obshto.tenants.switches.console import console
from obshto.tenants.switches.events import (
    ModuleSwitchedOff,
    ModuleSwitchedOn,
    MunicipalityJoined,
    MunicipalityLeft,
)
from obshto.tenants.switches.permissions import SwitchPermission

PART = Part(
    slug="tenants",
    folder=Path(__file__).parent,
    models=(Tenant, Region, Settlement, Person, SignedIn, Appointment),
    permissions=tuple(SwitchPermission),
    nav=(
        NavEntry(label=_("Начало"), endpoint="tenants_portal.home", weight=0),
        NavEntry(label=_("Контакти"), endpoint="tenants_portal.contact", weight=90),
        NavEntry(
            label=_("Модули"),
            endpoint="tenants_console.index",
            permission=SwitchPermission.SEE,
            weight=60,
        ),
    ),
    jobs=(Job(name="tenants:sweep-sessions", run=sweep_sessions, every="23 1 * * *"),),
    events=(ModuleSwitchedOn, ModuleSwitchedOff, MunicipalityJoined, MunicipalityLeft),
    notices={
        "tenants.switched-on": _("Модулът е включен. Гражданите вече виждат страниците му."),
        "tenants.switched-off": _("Модулът е изключен. Данните му се пазят."),
    },
    console=console,
    front={Host.REGION: region, Host.MUNICIPALITY: portal},
    privacy=PersonalData(
        export=export,
        erase=erase,
        retention=_("Пазим ролите на служителите, докато работят за общината."),
    ),
)
