"""Component of bookings: tables, jobs, letters. Pages are those of the parts that use it."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.bookings.access_log import GROUND, PURPOSES, described
from obshto.platform.bookings.events import EVENTS
from obshto.platform.bookings.models import MODELS
from obshto.platform.bookings.notifications import NOTIFICATIONS
from obshto.platform.bookings.privacy import erase, export
from obshto.platform.bookings.reminders import remind
from obshto.platform.bookings.retention import empty_old
from obshto.platform.bookings.waiting_list import lapse_offers, offer_free_seats
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Job,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)

COMPONENT = Component(
    slug="bookings",
    folder=Path(__file__).parent,
    models=MODELS,
    events=EVENTS,
    notifications=NOTIFICATIONS,
    jobs=(
        Job(name="bookings:lapse-offers", run=lapse_offers, every="*/5 * * * *"),
        Job(name="bookings:offer-free-seats", run=offer_free_seats, every="4-59/10 * * * *"),
        # By day in Bulgaria, all year: nobody's phone rings at night.
        Job(name="bookings:remind", run=remind, every="20 6-15 * * *"),
        Job(name="bookings:empty-old", run=empty_old, every="55 1 * * *", retention="booking"),
    ),
    canary=Unmarked(because="it has no pages; the parts that use it mark theirs"),
    processing=(
        Processing(
            word="booking",
            title=_("Запазени часове"),
            purpose=_("да Ви запазим час и да Ви кажем, ако се промени"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.WORDS),
            recipients=_("служителите, които Ви посрещат"),
            kept=_("90 дни след часа"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим кой е запазил час и какво се уговори 90 дни след часа. После остава само"
            " броят, без имена."
        ),
    ),
)
