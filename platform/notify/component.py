"""What messages contribute: the outbox with its jobs, subscriptions with their pages."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Door,
    Job,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)
from obshto.platform.modularity.todo import Todo, TodoKind
from obshto.platform.notify import browser as browser  # pages on the same blueprint
from obshto.platform.notify import reports as reports
from obshto.platform.notify import undelivered_desk as undelivered_desk
from obshto.platform.notify.citizen import citizen
from obshto.platform.notify.consents import CONSENTS
from obshto.platform.notify.console import console
from obshto.platform.notify.delivery import drain_letters, resume_letters, send_letter
from obshto.platform.notify.digests import write_digests
from obshto.platform.notify.events import EVENTS
from obshto.platform.notify.job_names import DIGEST, DRAIN, RESUME, SEND, SWEEP, WRITE
from obshto.platform.notify.letter_looks import PURPOSES, described
from obshto.platform.notify.models import Message, Subscriber, Suppression, Text, Warned
from obshto.platform.notify.notifications import NOTIFICATIONS
from obshto.platform.notify.permissions import NotifyPermission
from obshto.platform.notify.practice_acts import PRACTICE_ACTS
from obshto.platform.notify.privacy import erase, export
from obshto.platform.notify.retention import sweep_letters
from obshto.platform.notify.seeds import seed
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.undelivered_letters import undelivered

COMPONENT = Component(
    slug="notify",
    folder=Path(__file__).parent,
    models=(Subscriber, Suppression, Text, Message, Warned),
    permissions=tuple(NotifyPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Получавайте новото по имейл"),
            endpoint="notify_citizen.subscribe",
            hint=_("Изберете за какво и за кое населено място"),
            weight=60,
        ),
        NavEntry(
            label=_("Абонаменти"),
            endpoint="notify_console.index",
            permission=NotifyPermission.SUBSCRIBE,
            weight=60,
        ),
    ),
    citizen=citizen,
    console=console,
    settings=NotifySettings,
    events=EVENTS,
    notifications=NOTIFICATIONS,
    notices={
        "notify.saved": _("Промените са запазени"),
        "notify.confirmed": _("Абонаментът е потвърден. Ще Ви пишем."),
        "notify.stopped": _("Абонаментът е спрян. Няма да Ви пишем повече."),
        "notify.code-sent": _("Пратихме код. Попитайте човека кои са шестте цифри."),
        "notify.phone-confirmed": _("Телефонът е потвърден. Човекът ще получава SMS."),
        "notify.asked": _("Пратихме писмо. Човекът трябва да потвърди от него."),
        "notify.settled": _("Записахме какво направихте."),
    },
    todo=(
        Todo(
            kind=TodoKind.NEW,
            label=_("Писма, които не са стигнали"),
            permission=NotifyPermission.SETTLE,
            endpoint="notify_console.undelivered",
            rows=undelivered,
        ),
    ),
    jobs=(
        Job(name=WRITE, run=write_letters),
        Job(name=SEND, run=send_letter),
        Job(name=DRAIN, run=drain_letters),
        Job(name=RESUME, run=resume_letters, every="*/5 * * * *"),
        Job(name=DIGEST, run=write_digests, every="3 * * * *"),
        Job(name=SWEEP, run=sweep_letters, every="17 1 * * *", retention="subscription"),
    ),
    seeds=seed,
    practice_acts=PRACTICE_ACTS,
    canary=Unmarked(because="its pages name nobody; readers see their own address alone"),
    processing=(
        Processing(
            word="subscription",
            title=_("Абонаменти и писма"),
            purpose=_("да Ви пишем за това, което сте избрали"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „а“: Вашето съгласие",
            kinds=(
                DataKind.CONTACT,
                DataKind.CHOICES,
            ),
            recipients=_("доставчиците на имейл и на SMS"),
            kept=_("писмата 90 дни, адресът – докато спрете абонамента"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    consents=CONSENTS,
    impersonal={
        "notify_text.*": "what the municipality writes; to whom stands in the message",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STORED,
        retention=_(
            "Пазим изпратените писма 90 дни. Адрес без потвърден абонамент пазим 7 дни, а след"
            " спиране на абонамента го забравяме веднага."
        ),
    ),
)
