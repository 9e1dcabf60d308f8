"""What the room contributes: the ways in and out."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Job, NoPersonalData, Part
from obshto.platform.web.hosts import Host
from obshto.sso.events import SessionOpened, SignInFailed
from obshto.sso.front import entrance
from obshto.sso.login import login
from obshto.sso.machine import machine
from obshto.sso.models import Attempt, HandOff, Organization
from obshto.sso.services import sweep_sign_ins

PART = Part(
    slug="sso",
    folder=Path(__file__).parent,
    models=(Attempt, HandOff, Organization),
    front={
        Host.MUNICIPALITY: entrance("sso_front"),
        Host.OPS: entrance("sso_desk"),
        Host.LOGIN: login,
        Host.REGION: machine,
    },
    jobs=(Job(name="sso:sweep", run=sweep_sign_ins, every="41 * * * *"),),
    events=(SessionOpened, SignInFailed),
    notices={"sso.signed-out": _("Излязохте от профила си във всички общини")},
    privacy=NoPersonalData(because="people belong to tenants; a sign-in under way ends in minutes"),
)
