"""What a portal still lacks before citizens are told of it; asked by staff and by readings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import Integer, func, select

from obshto.platform.audit.models import AuditEntry
from obshto.platform.notify.settings import letters_settings
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import SECOND_FACTOR
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.people.models import Appointment

ENOUGH = 2  # people, so that one on leave is no trouble


class Item(StrEnum):
    """One thing that must be there."""

    EMBLEM = "emblem"
    CONTACT = "contact"
    PROTECTION = "data-protection"
    PEOPLE = "second-factor"
    LETTERS = "letters"


TITLES: dict[Item, LazyString] = {
    Item.EMBLEM: _("Гербът на общината"),
    Item.CONTACT: _("Телефон и имейл за връзка"),
    Item.PROTECTION: _("Длъжностно лице по защита на данните, което влиза в портала"),
    Item.PEOPLE: _("Поне двама служители, влезли с втора защита"),
    Item.LETTERS: _("Писмата тръгват към всички, а не само към служители"),
}
WHERE: dict[Item, str] = {
    Item.EMBLEM: "tenants_console.appearance.emblem.show",
    Item.CONTACT: "tenants_console.appearance.show",
    Item.PROTECTION: "tenants_console.people.index",
    Item.PEOPLE: "tenants_console.people.index",
    Item.LETTERS: "settings_console.index",
}


def checklist(uow: UnitOfWork, here: Municipality) -> Mapping[Item, bool]:
    """Each thing, and whether it is there. Three queries."""
    officers = select(func.count()).where(Appointment.role == Role.DATA_PROTECTION_OFFICER.value)
    surely = select(func.count(AuditEntry.person_id.distinct())).where(
        AuditEntry.act == "sso:session.opened",
        AuditEntry.detail["assurance"].astext.cast(Integer) >= SECOND_FACTOR,
        AuditEntry.person_id.in_(select(Appointment.person_id)),
    )
    return {
        Item.EMBLEM: here.emblem is not None,
        Item.CONTACT: bool(here.contact.get("phone") and here.contact.get("email")),
        Item.PROTECTION: bool(uow.session.scalar(officers)),
        Item.PEOPLE: (uow.session.scalar(surely) or 0) >= ENOUGH,
        Item.LETTERS: not letters_settings(uow).only_to_staff,
    }


def missing_numbers(uow: UnitOfWork, here: Municipality) -> Mapping[str, int]:
    """For the readings of the board: 1 where something is missing."""
    return {f"missing.{item}": int(not is_there) for item, is_there in checklist(uow, here).items()}
