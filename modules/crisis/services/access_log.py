"""Looks at the call list: opened to keep it, printed, opened one by one to call."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.crisis.events import ContactsLookedAt
from obshto.modules.crisis.models import CallContact
from obshto.modules.crisis.services.kinds import PART
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „а“"
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.WORDS)
KEEP, CALL = "keep-list", "call-person"
PURPOSES: Mapping[str, LazyString] = {
    KEEP: _("Води списъка за обаждане при бедствие"),
    CALL: _("Обажда Ви се заради бедствие"),
}


def look_at_contacts(uow: UnitOfWork, contacts: Sequence[CallContact], purpose: str) -> None:
    """Record that somebody opens names and phones of these people."""
    opened = [Opened(part=PART, object_id=one.id, subject=_subject(one)) for one in contacts]
    said = Purpose(word=purpose, kinds=KINDS, ground=GROUND, fact=ContactsLookedAt())
    look_at_each(uow, opened, said)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """What was opened, as the person reads it."""
    return {
        one: LookedAt(gettext("Списък за обаждане при бедствие"), "/crisis/call-me") for one in ids
    }


def _subject(contact: CallContact) -> Subject:
    return Subject(person_id=contact.person_id, phone=contact.phone)
