"""Component of followers: its table, the page behind the links of letters."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.followers.citizen import citizen
from obshto.platform.followers.consents import CONSENTS
from obshto.platform.followers.events import FollowAsked
from obshto.platform.followers.models import Follower
from obshto.platform.followers.privacy import erase, export
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)

COMPONENT = Component(
    slug="followers",
    folder=Path(__file__).parent,
    models=(Follower,),
    citizen=citizen,
    canary=Unmarked(because="its pages stand behind the link of one letter"),
    events=(FollowAsked,),
    notices={
        "followers.confirmed": _("Ще Ви пишем, когато има нещо ново"),
        "followers.sms-confirmed": _("Ще Ви пращаме SMS, когато има нещо ново"),
        "followers.sms-stopped": _("Няма да Ви пращаме повече SMS за това"),
        "followers.stopped": _("Няма да Ви пишем повече за това"),
    },
    processing=(
        Processing(
            word="following",
            title=_("Какво следите"),
            purpose=_("да Ви пишем, когато има нещо ново"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „а“",
            kinds=(DataKind.CONTACT, DataKind.CHOICES),
            recipients=_("никой: пише Ви порталът"),
            kept=_("докато не спрете писмата или съобщенията или то не приключи"),
        ),
    ),
    consents=CONSENTS,
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STORED,
        retention=_(
            "Пазим какво следите, докато не спрете писмата или съобщенията или то не приключи."
        ),
    ),
)
