"""Component of support: its tables, and what it knows of a person. Pages are the modules'."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Component, PersonalData
from obshto.platform.support.models import Support, SupportCount
from obshto.platform.support.privacy import erase, export

COMPONENT = Component(
    slug="support",
    folder=Path(__file__).parent,
    models=(Support, SupportCount),
    privacy=PersonalData(
        export=export,
        erase=erase,
        retention=_(
            "Пазим кого подкрепяте, докато общината реши. После остава само броят на подкрепите."
        ),
    ),
)
