"""What the help desk contributes: pages in each console; the team's are the board's."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.ops.helpdesk.console import console
from obshto.ops.helpdesk.events import (
    HelpGiven,
    TicketAnswered,
    TicketArranged,
    TicketAsked,
    TicketClosed,
    TicketRated,
    TicketReplied,
)
from obshto.ops.helpdesk.models import Entry, Ticket
from obshto.ops.helpdesk.notifications import LETTERS
from obshto.ops.helpdesk.permissions import HelpPermission
from obshto.ops.helpdesk.privacy import erase, export
from obshto.ops.helpdesk.seeds import plant, seed
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Door,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)

COMPONENT = Component(
    slug="helpdesk",
    folder=Path(__file__).parent,
    models=(Ticket, Entry),
    permissions=tuple(HelpPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Помощ от ИТ екипа"),
            endpoint="helpdesk_console.index",
            permission=HelpPermission.ASK,
            weight=95,
        ),
    ),
    helps=NavEntry(
        label=_("Попитайте за тази страница"),
        endpoint="helpdesk_console.new",
        permission=HelpPermission.ASK,
    ),
    console=console,
    events=(
        TicketAsked,
        TicketReplied,
        TicketAnswered,
        TicketClosed,
        TicketArranged,
        TicketRated,
        HelpGiven,
    ),
    notifications=LETTERS,
    notices={
        "helpdesk.asked": _("Запитването е изпратено. Отговорът идва тук и по имейл."),
        "helpdesk.replied": _("Добавихме написаното. ИТ екипът ще го види."),
        "helpdesk.rated": _("Благодарим за оценката"),
        "helpdesk.answered": _("Отговорът е изпратен"),
        "helpdesk.arranged": _("Промените са запазени"),
    },
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="ticket",
            title=_("Запитвания до ИТ екипа"),
            purpose=_("ИТ екипът да помогне на служителите"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(
                DataKind.NAME,
                DataKind.WORDS,
            ),
            recipients=_("ИТ екипът на областта"),
            kept=_("докато общината ползва портала"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_("Пазим запитванията до ИТ екипа, докато общината ползва портала."),
    ),
)
