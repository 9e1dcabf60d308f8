"""What storage contributes: the files of each municipality."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Component, PersonalData
from obshto.platform.storage.models import Chunk, StoredFile
from obshto.platform.storage.privacy import erase, export

COMPONENT = Component(
    slug="storage",
    folder=Path(__file__).parent,
    models=(StoredFile, Chunk),
    privacy=PersonalData(
        export=export,
        erase=erase,
        retention=_("Пазим файловете, докато общината пази страницата, към която са."),
    ),
)
