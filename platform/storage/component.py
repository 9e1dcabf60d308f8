"""What storage contributes: the files of each municipality."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Job,
    PersonalData,
    Processing,
    RestrictionReach,
    RetentionRule,
)
from obshto.platform.modularity.retention_rules import STORAGE_LIMITATION
from obshto.platform.storage.models import Chunk, StoredFile
from obshto.platform.storage.privacy import erase, export
from obshto.platform.storage.services import DRAW_COPIES, draw_copies

COMPONENT = Component(
    slug="storage",
    folder=Path(__file__).parent,
    models=(StoredFile, Chunk),
    processing=(
        Processing(
            word="file",
            title=_("Файлове"),
            purpose=_("да се отварят файловете към страниците и преписките"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.FILES,),
            recipients=_("който може да отвори страницата или преписката"),
            kept=_("докато стои страницата, към която са"),
        ),
    ),
    kept_elsewhere=(
        RetentionRule(
            what=_("Прикачени файлове и снимки"),
            kept=_("колкото записът, към който са"),
            ground=STORAGE_LIMITATION,
            how=_("изтриват се в същата нощна задача, заедно със записа"),
        ),
    ),
    # A low one: pages show the pictures whole until it has run.
    jobs=(Job(name=DRAW_COPIES, run=draw_copies, is_low_priority=True),),
    impersonal={
        "storage_chunk.*": "a file is opened by the page that has looked at its thing",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STORED,
        retention=_("Пазим файловете, докато общината пази страницата, към която са."),
    ),
)
