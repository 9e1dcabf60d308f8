"""What the room contributes: the operations host."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.ops.backup.removals import RecordedKeeper, Removed
from obshto.ops.board import board
from obshto.ops.dashboard.metrics import TAKE_READINGS
from obshto.ops.events import JobDiscarded, JobRetried, MunicipalityPutBack, MunicipalityRestored
from obshto.ops.models import (
    BackupRun,
    Reading,
    RemovalRun,
    RequestHour,
    RequestMinute,
    Restoration,
)
from obshto.platform.modularity.manifest import Component, NoPersonalData, RetentionRule
from obshto.platform.modularity.retention_rules import STORAGE_LIMITATION
from obshto.platform.web.hosts import Host

COMPONENT = Component(
    slug="ops",
    folder=Path(__file__).parent,
    models=(BackupRun, Restoration, RemovalRun, Reading, RequestMinute, RequestHour),
    events=(MunicipalityRestored, MunicipalityPutBack, JobRetried, JobDiscarded),
    jobs=(TAKE_READINGS,),
    front={Host.OPS: board},
    notices={
        "ops.stepped-in": _("Вътре сте. Отворете служебния портал на общината от списъка."),
        "ops.retried": _("Задачата тръгва отново"),
        "ops.law-entered": _("Стойността важи във всички общини"),
        "ops.discarded": _("Задачата е отменена"),
    },
    kept_elsewhere=(
        RetentionRule(
            what=_("Резервни копия на базата и файловете"),
            kept=_("последните 7 дни, 5 седмици и 12 месеца по едно копие"),
            ground="Регламент (ЕС) 2016/679, чл. 32, § 1, б. „в“",
            how=_(
                "най-старото се изтрива след всяко ново; при възстановяване изтритото се трие пак"
            ),
            keeper=RecordedKeeper(Removed.BACKUPS),
        ),
        RetentionRule(
            what=_("Данни, заменени при възстановяване от копие"),
            kept=_("14 дни"),
            ground="Регламент (ЕС) 2016/679, чл. 32, § 1, б. „в“",
            how=_("изтриват се нощем от задачата за копията"),
            keeper=RecordedKeeper(Removed.REPLACED),
        ),
        RetentionRule(
            what=_("Дневници на сървъра"),
            kept=_("последните 100 мегабайта на всяка програма"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „е“",
            how=_(
                "новите редове изместват най-старите непрекъснато, без нощна задача; адреси на"
                " посетители няма в тях"
            ),
        ),
        RetentionRule(
            what=_("Броене на заявки и свършени задачи на сървъра"),
            kept=_("заявките по минути 30 дни, състоянията 400 дни, задачите 7 дни"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „е“",
            how=_("изтриват се нощем от задачата за почистване; имена няма в тях"),
            keeper=RecordedKeeper(Removed.MEASURES),
        ),
        RetentionRule(
            what=_("Бързо копие на показаните страници"),
            kept=_("до следващата промяна, най-дълго до рестарт на сървъра"),
            ground=STORAGE_LIMITATION,
            how=_("всяка промяна го сменя; лични страници не се пазят в него"),
        ),
    ),
    privacy=NoPersonalData(because="the board shows numbers"),
)
