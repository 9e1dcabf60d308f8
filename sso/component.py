"""What the room contributes: the ways in and out."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Component, Job, NoPersonalData, RegionalScheduledJob
from obshto.platform.web.hosts import Host
from obshto.sso.addresses import take_new_addresses
from obshto.sso.events import SessionOpened, SignInFailed, SignInRefused, WayChanged
from obshto.sso.failures import note_failures
from obshto.sso.front import entrance
from obshto.sso.login import login
from obshto.sso.machine import machine
from obshto.sso.membership import end_sessions_of_the_departed
from obshto.sso.models import Attempt, HandOff, Organization
from obshto.sso.services import sweep_sign_ins

COMPONENT = Component(
    slug="sso",
    folder=Path(__file__).parent,
    models=(Attempt, HandOff, Organization),
    front={
        Host.MUNICIPALITY: entrance("sso_front"),
        Host.OPS: entrance("sso_desk"),
        Host.LOGIN: login,
        Host.REGION: machine,
    },
    jobs=(
        Job(name="sso:sweep", run=sweep_sign_ins, every="41 * * * *"),
        Job(name="sso:check-members", run=end_sessions_of_the_departed, every="*/5 * * * *"),
    ),
    duties=(
        RegionalScheduledJob(name="sso:note-failures", run=note_failures, every="* * * * *"),
        RegionalScheduledJob(
            name="sso:take-addresses", run=take_new_addresses, every="*/5 * * * *"
        ),
    ),
    events=(SessionOpened, SignInFailed, SignInRefused, WayChanged),
    notices={
        "sso.trial": _("Влязохте като измислен човек. Пробвайте спокойно"),
        "sso.signed-out": _("Излязохте от профила си във всички общини"),
        "sso.done-passkey": _("Ключът за достъп е добавен. Следващия път влезте с него."),
        "sso.done-codes": _("Кодовете от телефона са настроени"),
        "sso.done-password": _("Паролата е сменена"),
        "sso.done-name": _("Името е променено"),
        "sso.done-email": _("Имейлът е променен"),
        "sso.done-remove": _("Начинът за вход е премахнат"),
        "sso.act-cancelled": _("Отказахте се и нищо не е променено"),
        "sso.act-failed": _("Не стана и нищо не е променено. Опитайте пак."),
    },
    privacy=NoPersonalData(because="people belong to tenants; a sign-in under way ends in minutes"),
)
