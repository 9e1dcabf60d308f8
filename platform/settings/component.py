"""What settings contribute: a table and the pages to change them."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Component, Door, NavEntry, NoPersonalData, Unmarked
from obshto.platform.settings.console import console
from obshto.platform.settings.models import SettingsValue
from obshto.platform.settings.permissions import SettingsPermission
from obshto.platform.settings.services import SettingsChanged

COMPONENT = Component(
    slug="settings",
    folder=Path(__file__).parent,
    models=(SettingsValue,),
    permissions=tuple(SettingsPermission),
    door=Door.SETTINGS,
    nav=(
        NavEntry(
            label=_("Настройки"),
            endpoint="settings_console.index",
            permission=SettingsPermission.CHANGE,
            weight=70,
        ),
    ),
    events=(SettingsChanged,),
    notices={"settings.saved": _("Настройките са запазени")},
    console=console,
    canary=Unmarked(
        because="a value of a setting is in force: a mark there would change what people get"
    ),
    privacy=NoPersonalData(because="settings speak of pages, not of people"),
)
