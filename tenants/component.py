"""What the room contributes: municipalities, people, front pages, the switches."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Door,
    Errand,
    Job,
    NavEntry,
    PersonalData,
    Processing,
    RegionalScheduledJob,
    RestrictionReach,
)
from obshto.platform.web.hosts import Host
from obshto.tenants.appearance.events import (
    AppearanceChanged,
    EmblemChanged,
    HomeArranged,
    HomePhotoChanged,
    HomePhotoCut,
    NoticePosted,
    NoticeTakenDown,
)
from obshto.tenants.appearance.permissions import AppearancePermission
from obshto.tenants.appearance.photos import CUT, cut_photo
from obshto.tenants.appearance.selfcheck import SELFCHECK
from obshto.tenants.municipalities.models import Emblem, Region, Settlement, Tenant
from obshto.tenants.municipalities.photo import HomePhoto
from obshto.tenants.people.events import (
    InvitationAccepted,
    InvitationWithdrawn,
    PersonInvited,
    PersonRemoved,
    PhoneLost,
    RegionalRoleGiven,
    RegionalRoleTaken,
    RoleChanged,
    RoleGiven,
    RoleMade,
    RoleRemoved,
    RoleTaken,
    StepInBegun,
    StepInEnded,
)
from obshto.tenants.people.models import (
    Appointment,
    Colleague,
    FailedSignIn,
    Identity,
    Invitation,
    LoginSession,
    OwnRole,
    Person,
    RegionalAppointment,
    StepIn,
    WeeklyReader,
)
from obshto.tenants.people.notifications import PHONE_LOST, STEP_IN
from obshto.tenants.people.own_roles import plant
from obshto.tenants.people.permissions import PeoplePermission, RegionPermission
from obshto.tenants.people.privacy import export
from obshto.tenants.people.sessions import sweep_sessions
from obshto.tenants.portal.pages import portal
from obshto.tenants.portal.region import region
from obshto.tenants.practice.invented_citizens import act_as_citizen
from obshto.tenants.seeds import seed
from obshto.tenants.settlements.citizen import settlements
from obshto.tenants.settlements.events import (
    SettlementChanged,
    SettlementPictured,
    SettlementReverted,
)
from obshto.tenants.settlements.models import SettlementProfile, SettlementVersion
from obshto.tenants.settlements.permissions import SettlementPermission
from obshto.tenants.settlements.privacy import erase
from obshto.tenants.switches.console import console
from obshto.tenants.switches.events import (
    ModuleSwitchedOff,
    ModuleSwitchedOn,
    MunicipalityJoined,
    MunicipalityLeft,
)
from obshto.tenants.switches.permissions import SwitchPermission
from obshto.tenants.weekly_letter.events import (
    WeeklyLetterResumed,
    WeeklyLetterStopped,
    WeeklyLetterWritten,
)
from obshto.tenants.weekly_letter.permissions import WeeklyLetterPermission
from obshto.tenants.weekly_letter.services import write_weekly_letters

portal.register_blueprint(settlements)  # here: the portal knows nothing of what stands on it
COMPONENT = Component(
    slug="tenants",
    folder=Path(__file__).parent,
    models=(
        Tenant,
        Emblem,
        Region,
        Settlement,
        Person,
        LoginSession,
        FailedSignIn,
        RegionalAppointment,
        StepIn,
        Appointment,
        Colleague,
        Identity,
        Invitation,
        OwnRole,
        HomePhoto,
        WeeklyReader,
        SettlementProfile,
        SettlementVersion,
    ),
    permissions=(
        *SwitchPermission,
        *AppearancePermission,
        *PeoplePermission,
        *RegionPermission,
        *WeeklyLetterPermission,
        *SettlementPermission,
    ),
    door=Door.SETTINGS,
    nav=(
        NavEntry(
            label=_("Контакти"),
            endpoint="tenants_portal.contact",
            door=Door.MUNICIPALITY,
            hint=_("Телефон, имейл и адрес, населените места"),
            is_task=True,
            weight=90,
        ),
        NavEntry(
            label=_("Населени места"),
            endpoint="tenants_portal.settlements.index",
            door=Door.MUNICIPALITY,
            hint=_("Кмет на селото, телефон и приемно време на кметството"),
            weight=91,
        ),
        NavEntry(
            label=_("Обадете се или елате"),
            endpoint="tenants_portal.contact",
            door=Door.HELP,
            hint=_("По телефона и на гише всичко става и без интернет"),
            is_task=True,
            weight=10,
        ),
        NavEntry(
            label=_("Как пазим данните Ви"),
            endpoint="tenants_portal.privacy",
            door=Door.HELP,
            hint=_("Какво пазим, колко време и как да го поискате"),
            weight=80,
        ),
        NavEntry(
            label=_("Модули"),
            endpoint="tenants_console.index",
            permission=SwitchPermission.SEE,
            weight=60,
        ),
        NavEntry(
            label=_("За какво питат"),
            endpoint="tenants_console.asked",
            permission=SwitchPermission.NOTE,
            weight=62,
            door=Door.HELP,
        ),
        NavEntry(
            label=_("Важно съобщение"),
            endpoint="tenants_console.appearance.notice",
            permission=AppearancePermission.NOTICE,
            weight=58,
            door=Door.LIFE,
        ),
        NavEntry(
            label=_("Облик"),
            endpoint="tenants_console.appearance.show",
            permission=AppearancePermission.CHANGE,
            weight=59,
        ),
        NavEntry(
            label=_("Хора"),
            endpoint="tenants_console.people.index",
            permission=PeoplePermission.SEE,
            weight=61,
        ),
        NavEntry(
            label=_("Населени места"),
            endpoint="tenants_console.settlements.index",
            permission=SettlementPermission.EDIT,
            weight=57,
            door=Door.MUNICIPALITY,
        ),
        NavEntry(
            label=_("Седмично писмо"),
            endpoint="tenants_console.weekly_letter.show",
            permission=WeeklyLetterPermission.RECEIVE,
            weight=63,
        ),
    ),
    canary=plant,
    errands=(
        Errand(
            label=_("Обадете се или елате"),
            endpoint="tenants_portal.contact",
            icon="phone",
            weight=90,
        ),
    ),
    selfcheck=SELFCHECK,
    notifications=(STEP_IN, PHONE_LOST),
    jobs=(
        Job(name="tenants:sweep-sessions", run=sweep_sessions, every="23 1 * * *"),
        Job(name=CUT, run=cut_photo),
        # More than once, for a worker that was not there: who has it is passed over.
        Job(name="tenants:write-weekly-letters", run=write_weekly_letters, every="12 5-17 * * 1"),
    ),
    duties=(
        RegionalScheduledJob(
            name="tenants:act-as-citizen", run=act_as_citizen, every="*/5 5-16 * * 1-5"
        ),
    ),
    events=(
        ModuleSwitchedOn,
        ModuleSwitchedOff,
        AppearanceChanged,
        EmblemChanged,
        HomePhotoChanged,
        HomePhotoCut,
        HomeArranged,
        NoticePosted,
        NoticeTakenDown,
        MunicipalityJoined,
        MunicipalityLeft,
        RoleGiven,
        RoleTaken,
        RoleMade,
        RoleChanged,
        RoleRemoved,
        PersonInvited,
        InvitationAccepted,
        InvitationWithdrawn,
        PersonRemoved,
        PhoneLost,
        RegionalRoleGiven,
        RegionalRoleTaken,
        StepInBegun,
        StepInEnded,
        SettlementChanged,
        SettlementReverted,
        SettlementPictured,
        WeeklyLetterWritten,
        WeeklyLetterStopped,
        WeeklyLetterResumed,
    ),
    notices={
        "tenants.delegation_gate-stopped": _("Спряхте. Отново действате от свое име."),
        "tenants.noted": _("Отбелязано. Благодарим."),
        "tenants.noted-less": _("Махнато е едно отбелязване"),
        "tenants.switched-on": _("Модулът е включен. Гражданите вече виждат страниците му."),
        "tenants.switched-off": _("Модулът е изключен. Данните му се пазят."),
        "tenants.appearance-changed": _("Обликът е променен. Гражданите вече го виждат."),
        "tenants.emblem-changed": _("Гербът е сменен. Гражданите вече го виждат."),
        "tenants.photo-added": _(
            "Снимката е качена. След малко гражданите ще я видят на началната страница."
        ),
        "tenants.photo-changed": _("Промените са запазени"),
        "tenants.photo-removed": _("Снимката е махната. На началната страница стои рисунката."),
        "tenants.photo-returned": _("Снимката е върната"),
        "tenants.home-arranged": _("Началната страница е пренаредена"),
        "tenants.notice-posted": _("Съобщението вече стои най-горе в портала"),
        "tenants.notice-taken-down": _("Съобщението е свалено"),
        "tenants.invited": _("Поканата е изпратена"),
        "tenants.withdrawn": _("Поканата е оттеглена"),
        "tenants.roles-set": _("Ролите са променени"),
        "tenants.removed": _("Служителят е премахнат и вече не е в портала"),
        "tenants.phone-lost": _(
            "Втората проверка е премахната. Служителят настройва нова, като влезе с паролата си."
        ),
        "tenants.contact-changed": _("Промените са запазени"),
        "tenants.reader-remembered": _("Това, което е за Вас, вече е най-отгоре."),
        "tenants.reader-forgotten": _("Забравихме избора Ви. На това устройство вече го няма."),
        "tenants.session-ended": _("Устройството вече не е в профила Ви"),
        "tenants.role-saved": _("Ролята е запазена"),
        "tenants.role-held": _(
            "Някой има тази роля или е поканен с нея. Първо му я отнемете, после я премахнете."
        ),
        "tenants.role-removed": _("Ролята е премахната"),
        "tenants.session-half": _(
            "Онова устройство излезе от портала, но системата за вход не отговори. Докато не"
            " излезете отвсякъде, то може да влезе пак без парола."
        ),
        "tenants.signed-out-here": _(
            "Излязохте от профила си във всички общини, но системата за вход не отговори."
            " Сменете паролата си, ако устройството не е Ваше."
        ),
        "tenants.settlement-saved": _("Запазено. Хората вече го виждат."),
        "tenants.settlement-reverted": _("Предишните сведения са върнати"),
        "tenants.settlement-pictured": _("Снимката е сменена"),
        "tenants.settlement-unpictured": _("Снимката е махната"),
        "tenants.weekly-stopped": _("Спряхте седмичното писмо. Може да го пуснете пак оттук."),
        "tenants.weekly-resumed": _("Седмичното писмо ще идва отново"),
        "tenants.stepped-out": _("Излязохте от общината"),
    },
    seeds=seed,
    console=console,
    front={Host.REGION: region, Host.MUNICIPALITY: portal},
    processing=(
        Processing(
            word="account",
            title=_("Профил и вход"),
            purpose=_("да влизате в портала и да знаем, че сте Вие"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(
                DataKind.NAME,
                DataKind.CONTACT,
                DataKind.NUMBER,
                DataKind.ACTS,
            ),
            recipients=_("доставчикът на входа; ЕГН – само ако влизате с еАвтентикация"),
            kept=_("докато имате профил; неуспешните опити за вход – 90 дни"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_(
            "Пазим ролите на служителите, докато работят за общината,"
            " а неуспешните опити за вход 90 дни."
        ),
    ),
)
