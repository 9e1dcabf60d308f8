"""What the room contributes: the sign-in page of each municipality."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import NoPersonalData, Part
from obshto.platform.web.hosts import Host
from obshto.sso.front import front

PART = Part(
    slug="sso",
    folder=Path(__file__).parent,
    front={Host.MUNICIPALITY: front},
    notices={"sso.signed-out": _("Излязохте от профила си")},
    privacy=NoPersonalData(because="people and their sessions belong to tenants"),
)
