"""To whom letters go: declared here, supplied by who knows the people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from obshto.platform.permissions import Permission

if TYPE_CHECKING:
    from obshto.platform.work import Work


@dataclass(frozen=True, slots=True)
class Address:
    """A reader: the language of the letter is theirs."""

    person_id: UUID | None
    name: str
    email: str
    language: str


class AddressBook(Protocol):
    """Port: the staff of a municipality by what they may do, and people by their ids."""

    def holders(self, work: Work, permission: Permission) -> Collection[Address]:
        """Those who hold the permission in the municipality of this work."""
        ...

    def people(self, ids: Collection[UUID]) -> Collection[Address]:
        """Those among them who have an address."""
        ...


class NoAddresses:
    """The default where nobody supplies an address book: no letters."""

    def holders(self, work: Work, permission: Permission) -> Collection[Address]:
        return ()

    def people(self, ids: Collection[UUID]) -> Collection[Address]:
        return ()
