"""Component of followers: its table, the page behind the links of letters."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.followers.citizen import citizen
from obshto.platform.followers.events import FollowAsked
from obshto.platform.followers.models import Follower
from obshto.platform.followers.privacy import erase, export
from obshto.platform.modularity.manifest import Component, PersonalData

COMPONENT = Component(
    slug="followers",
    folder=Path(__file__).parent,
    models=(Follower,),
    citizen=citizen,
    events=(FollowAsked,),
    notices={
        "followers.confirmed": _("Ще Ви пишем, когато има нещо ново"),
        "followers.stopped": _("Няма да Ви пишем повече за това"),
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        retention=_("Пазим какво следите, докато не спрете писмата или то не приключи."),
    ),
)
