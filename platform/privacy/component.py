"""What the privacy mechanism contributes: proofs of retention, legal holds, restrictions."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Job,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.privacy.events import EVENTS
from obshto.platform.privacy.hold_actions import RESUME, end_due_holds, resume_erasures
from obshto.platform.privacy.models import MODELS
from obshto.platform.privacy.privacy import erase, export
from obshto.platform.privacy.restrictions import forget_restrictions

COMPONENT = Component(
    slug="privacy",
    folder=Path(__file__).parent,
    models=MODELS,
    # What was taken away stays proven, and what must not go stays held.
    outlives_restore=frozenset(model.__tablename__ for model in MODELS),
    events=EVENTS,
    jobs=(
        Job(name="privacy:end-holds", run=end_due_holds, every="35 0 * * *"),
        Job(name=RESUME, run=resume_erasures),
        Job(
            name="privacy:forget-restrictions",
            run=forget_restrictions,
            every="40 2 * * 0",
            retention="restriction",
        ),
    ),
    processing=(
        Processing(
            word="hold",
            title=_("Забрани за изтриване"),
            purpose=_("да не изтрием данни, които са нужни за спор или проверка"),
            ground="Регламент (ЕС) 2016/679, чл. 17, § 3, б. „б“ и „д“",
            kinds=(DataKind.ACTS,),
            recipients=_("длъжностното лице, кметът и секретарят"),
            kept=_("забраната – до крайния ѝ ден; че я е имало – винаги, без имена"),
        ),
        Processing(
            word="restriction",
            title=_("Ограничения на ползването"),
            purpose=_("да не ползваме данните Ви, докато трае проверка или спор"),
            ground="Регламент (ЕС) 2016/679, чл. 18",
            kinds=(DataKind.ACTS,),
            recipients=_("длъжностното лице; че има ограничение – служителят, който го среща"),
            kept=_("до вдигането и 5 години след него"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.PROOF,
        retention=_(
            "Докато спор или проверка не приключи, не изтриваме данните за тях."
            " Ограничение на ползването пазим до вдигането му и 5 години след него."
        ),
    ),
)
