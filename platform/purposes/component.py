"""Component of purposes: recorded looks at data of people, over all parts."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Job,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
)
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.privacy import erase, export
from obshto.platform.purposes.services import forget_old_looks

COMPONENT = Component(
    slug="purposes",
    folder=Path(__file__).parent,
    models=(RecordedLook,),
    outlives_restore=frozenset((RecordedLook.__tablename__,)),  # who looked is not undone
    events=(PersonLookedAt,),
    jobs=(
        Job(name="purposes:forget-old", run=forget_old_looks, every="50 1 * * *", retention="look"),
    ),
    processing=(
        Processing(
            word="look",
            title=_("Кой е гледал данните Ви"),
            purpose=_("да виждате кой служител е отварял данните Ви и защо"),
            ground="Регламент (ЕС) 2016/679, чл. 5, § 2 и чл. 32",
            kinds=(DataKind.ACTS,),
            recipients=_("Вие и длъжностното лице по защита на данните"),
            kept=_("5 години"),
            criteria=(RiskCriterion.MONITORING, RiskCriterion.VULNERABLE),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.PROOF,
        retention=_("Пазим 5 години кой служител е отварял Вашите данни и защо."),
        outlives_erasure=False,
    ),
)
