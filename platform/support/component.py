"""Component of support: its tables, and what it knows of a person. Pages are the modules'."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.support.models import Support, SupportCount
from obshto.platform.support.privacy import erase, export

COMPONENT = Component(
    slug="support",
    folder=Path(__file__).parent,
    models=(Support, SupportCount),
    processing=(
        Processing(
            word="support",
            title=_("Какво подкрепяте"),
            purpose=_("подкрепата Ви да се брои веднъж"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.CHOICES, DataKind.CONTACT),
            recipients=_("никой: вижда се само броят"),
            kept=_("една година, след като то приключи"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STORED,
        retention=_(
            "Пазим какво подкрепяте най-много една година, след като то приключи."
            " После остава само броят на подкрепите."
        ),
    ),
)
