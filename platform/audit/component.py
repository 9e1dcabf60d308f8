"""What the audit contributes: the log of a municipality, that of the region."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.audit.console import console
from obshto.platform.audit.events import ControlNoted, LogExported
from obshto.platform.audit.models import AuditEntry, RegionalEntry
from obshto.platform.audit.permissions import AuditPermission
from obshto.platform.audit.privacy import erase, export
from obshto.platform.audit.seeds import plant
from obshto.platform.audit.services import verify_chain
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Door,
    Job,
    NavEntry,
    PersonalData,
    Processing,
    RegionalScheduledJob,
    RestrictionReach,
)

COMPONENT = Component(
    slug="audit",
    folder=Path(__file__).parent,
    outlives_restore=frozenset((AuditEntry.__tablename__,)),  # who did what is not undone
    models=(AuditEntry, RegionalEntry),
    permissions=tuple(AuditPermission),
    door=Door.SETTINGS,
    nav=(
        NavEntry(
            label=_("Дневник"),
            endpoint="audit_console.index",
            permission=AuditPermission.READ,
            weight=80,
        ),
    ),
    console=console,
    events=(ControlNoted, LogExported),
    canary=plant,
    jobs=(Job(name="audit:verify-chain", run=verify_chain, every="5 2 * * *"),),
    duties=(RegionalScheduledJob(name="audit:verify-region", run=verify_chain, every="5 3 * * *"),),
    processing=(
        Processing(
            word="log",
            title=_("Дневник на действията"),
            purpose=_("общината да може да докаже кой какво е направил"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“; чл. 5, § 2",
            kinds=(
                DataKind.NAME,
                DataKind.ACTS,
            ),
            recipients=_(
                "длъжностното лице по защита на данните, кметът, секретарят и администраторът"
            ),
            kept=_("5 години"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.PROOF,
        retention=_(
            "Дневникът пази 5 години кой какво е направил в портала, защото общината"
            " отговаря за това."
        ),
        outlives_erasure=True,
    ),
)
