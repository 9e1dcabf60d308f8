"""Domain events of warnings. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CrisisFact(DomainEvent):
    """The crisis, the text that it is about and that text's title."""

    subject_id: UUID
    message_id: UUID
    number: int
    title: str


class MessageAsked(CrisisFact):
    """A text waits for a second person."""

    name: ClassVar[str] = "crisis:message.asked"
    label: ClassVar[LazyString] = lazy_gettext("Написано предупреждение, чака потвърждение")


class MessageEdited(CrisisFact):
    """A text that waits was changed."""

    name: ClassVar[str] = "crisis:message.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променен текст на предупреждение")


class MessageDropped(CrisisFact):
    """A text that waited was thrown away."""

    name: ClassVar[str] = "crisis:message.dropped"
    label: ClassVar[LazyString] = lazy_gettext("Изтрит непотвърден текст на предупреждение")


class CrisisBegun(CrisisFact):
    name: ClassVar[str] = "crisis:crisis.begun"
    label: ClassVar[LazyString] = lazy_gettext("Изпратено предупреждение при бедствие")
    is_public: ClassVar[bool] = True


class CrisisUpdated(CrisisFact):
    """A new text stands instead of the one before it."""

    name: ClassVar[str] = "crisis:crisis.updated"
    label: ClassVar[LazyString] = lazy_gettext("Обновено предупреждение при бедствие")
    is_public: ClassVar[bool] = True


class CrisisEnded(CrisisFact):
    name: ClassVar[str] = "crisis:crisis.ended"
    label: ClassVar[LazyString] = lazy_gettext("Обявен край на опасността")
    is_public: ClassVar[bool] = True


class RehearsalTold(CrisisFact):
    """A text of a rehearsal left, to those who agreed."""

    name: ClassVar[str] = "crisis:rehearsal.told"
    label: ClassVar[LazyString] = lazy_gettext("Изпратен текст на учение")


@dataclass(frozen=True, kw_only=True)
class ContactFact(DomainEvent):
    """Somebody of the call list, by id alone."""

    subject_id: UUID


class ContactEntered(ContactFact):
    name: ClassVar[str] = "crisis:contact.entered"
    label: ClassVar[LazyString] = lazy_gettext("Записан човек за обаждане при бедствие")


class ContactEdited(ContactFact):
    name: ClassVar[str] = "crisis:contact.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променен запис за обаждане при бедствие")


class ContactRemoved(ContactFact):
    name: ClassVar[str] = "crisis:contact.removed"
    label: ClassVar[LazyString] = lazy_gettext("Изтрит запис за обаждане при бедствие")


class ContactsLookedAt(DomainEvent):
    """Somebody opened names and phones of the list."""

    name: ClassVar[str] = "crisis:contacts.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Отворен списък за обаждане при бедствие")


class CallTaken(ContactFact):
    """Of a call: its id."""

    name: ClassVar[str] = "crisis:call.taken"
    label: ClassVar[LazyString] = lazy_gettext("Започнато обаждане при бедствие")


class CallEnded(ContactFact):
    """Of a call: its id."""

    name: ClassVar[str] = "crisis:call.ended"
    label: ClassVar[LazyString] = lazy_gettext("Отбелязано обаждане при бедствие")


PUBLIC = (CrisisBegun, CrisisUpdated, CrisisEnded)
EVENTS = (
    *PUBLIC,
    MessageAsked,
    MessageEdited,
    MessageDropped,
    RehearsalTold,
    ContactEntered,
    ContactEdited,
    ContactRemoved,
    ContactsLookedAt,
    CallTaken,
    CallEnded,
)
